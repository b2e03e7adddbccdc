import type { DangerKind } from './danger-kinds.ts'

/**
 * Where somebody is in a danger that goes on, the most pressing first: what to do first depends on it more than on what the
 * danger is. `near`: whoever threatens is in the home; `door`: they are still outside of a door. `seen`: whoever writes sees or
 * hears it from outside; `friend`: they have been told of it. Of these two `tellsFrom` decides, and that they write about another
 * family. `dread`: they do not dare to go home. `ownHands`: the blow was their own, see `isByOwnHand`.
 */
export const dangerMoments = [
  'hurt',
  'hiding',
  'door',
  'outside',
  'near',
  'seen',
  'friend',
  'dread',
  'ownHands',
] as const
export type DangerMoment = (typeof dangerMoments)[number]

/** Entries of `going-on.json` by the moment that they tell of. */
const entriesOf: Partial<Record<DangerMoment, readonly string[]>> = {
  hurt: ['call.hurt', 'call.hurt-en'],
  hiding: ['call.hiding', 'call.hiding-en'],
  door: ['call.at-the-door', 'call.door-en'],
  outside: ['call.outside', 'call.outside-en'],
  near: ['call.here', 'call.here-en'],
}

/** Dangers that come from somebody else. «Сын заперся в ванной» in a talk of suicide is no hiding place. */
const fromSomebody: ReadonlySet<DangerKind> = new Set<DangerKind>([
  'violence',
  'threats',
  'sexual-abuse',
  'control',
  'drunk',
  'alone',
  'ran-away',
  'hunger',
])
/** Whoever was out in the street before is told where to go by the advice for their kind. */
const out: ReadonlySet<DangerKind> = new Set<DangerKind>(['ran-away', 'no-shelter'])

/** Behind a closed door «мне страшно» is no reason to come out: until other words tell more, the first steps stay. */
export const staysIn = (moment: DangerMoment | undefined): DangerMoment | null =>
  moment === 'hiding' || moment === 'door' ? moment : null

/**
 * The moment that the found entries tell of; null if the kinds alone decide the advice. `inTalk`: danger was spoken of before.
 * Without such a talk only a closed door is sure to be now: «он пришёл пьяный» may be of yesterday.
 */
export const momentOf = (
  found: readonly string[],
  { kinds, inTalk }: { kinds: readonly DangerKind[]; inTalk: boolean },
): DangerMoment | null => {
  const told = dangerMoments.find((moment) => entriesOf[moment]?.some((id) => found.includes(id)))
  if (!told || (told === 'hurt' && inTalk)) return told ?? null
  const threatened = kinds.some((kind) => fromSomebody.has(kind)) || kinds.every((kind) => kind === 'call')
  if (!threatened || (told === 'outside' && kinds.some((kind) => out.has(kind)))) return null
  return inTalk || told === 'door' || told === 'hiding' ? told : null
}

const notGoingHome = ['ran-away.will-not-return', 'ran-away.en-will-not-return']

/** Whoever is afraid of going home is not missing, and nobody has to look for them: they have to go where people are. */
export const dreadsHome = (heard: { kinds: readonly DangerKind[]; entries: readonly string[] }): boolean =>
  heard.kinds.every((kind) => kind === 'ran-away' || kind === 'call') &&
  heard.entries.some((id) => notGoingHome.includes(id)) &&
  heard.entries.every((id) => !id.startsWith('ran-away.') || notGoingHome.includes(id))

const lifeless = ['violence.stops-breathing', 'drunk.does-not-wake', 'call.collapsed', 'call.sos']

/**
 * Whether nothing was said but that somebody lies there: does not wake, does not breathe, has fallen. Who drank or struck is
 * then not known, and an ambulance is all that is.
 */
export const liesLifeless = ({ entries }: { entries: readonly string[] }): boolean =>
  entries.some((id) => id !== 'call.sos') && entries.every((id) => lifeless.includes(id))
