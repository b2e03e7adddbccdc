import type { FactId } from '#regions/facts.ts'
import type { DangerKind } from './danger-kinds.ts'
import type { DangerMoment } from './moment.ts'

/**
 * What the crisis card is about, the most pressing first: kinds that call for the same first steps share one. Drink comes
 * before hunger, because somebody who cannot be woken needs an ambulance.
 */
export const advices = [
  'suicide',
  'abuse',
  'violence',
  'ownHands',
  'ranAway',
  'noShelter',
  'drunk',
  'alone',
  'hunger',
  'call',
] as const
/** What is done first where somebody is in it comes before what it is about. */
export type Advice = (typeof advices)[number] | DangerMoment

const adviceOf: Record<DangerKind, Advice> = {
  suicide: 'suicide',
  'self-harm': 'suicide',
  'sexual-abuse': 'abuse',
  violence: 'violence',
  threats: 'violence',
  control: 'violence',
  'own-hands': 'ownHands',
  'ran-away': 'ranAway',
  'no-shelter': 'noShelter',
  alone: 'alone',
  hunger: 'hunger',
  drunk: 'drunk',
  call: 'call',
}

/** The most pressing advice for what was heard: the moment's, else the first of `advices`. */
export const adviceFor = (kinds: readonly DangerKind[], moment?: DangerMoment): Advice =>
  moment ?? advices.find((advice) => kinds.some((kind) => adviceOf[kind] === advice)) ?? 'call'

/** Advice that is the same for whoever writes about another family: nobody of it lives in their home. */
const forAnybody: readonly Advice[] = ['alone', 'ranAway']

/** What somebody whom it does not happen to does first; undefined where the kind says it. */
export const momentOfOutsider = (
  kinds: readonly DangerKind[],
  from: 'seen' | 'friend',
): DangerMoment | undefined => {
  const advice = adviceFor(kinds)
  // Whoever wants to die is not behind a wall, and nobody is sent for them but by being near.
  if (from === 'friend' || advice === 'suicide') return 'friend'
  return forAnybody.includes(advice) ? undefined : 'seen'
}

/** Numbers beside 112 that belong to an advice, by their texts. The children's helpline is for parents, too. */
export const numbersFor: Record<Advice, readonly ('police' | 'ambulance' | 'children')[]> = {
  suicide: ['ambulance', 'children'],
  abuse: ['police', 'ambulance', 'children'],
  violence: ['police', 'ambulance', 'children'],
  ownHands: ['ambulance', 'children'],
  ranAway: ['police', 'children'],
  noShelter: ['police', 'children'],
  alone: ['children'],
  hunger: ['children'],
  drunk: ['police', 'ambulance', 'children'],
  call: ['police', 'ambulance', 'children'],
  // At a door there is time for one call.
  hurt: [],
  hiding: ['police'],
  door: ['police'],
  near: ['police'],
  outside: ['police', 'children'],
  seen: ['police', 'children'],
  friend: ['ambulance', 'children'],
  dread: ['police', 'children'],
}

/** What the steps of a moment rest on. */
export const momentFacts: Readonly<Record<DangerMoment, readonly FactId[]>> = {
  hurt: ['someone-hurt', 'drunk-asleep'],
  hiding: ['hiding-steps', 'call-quietly'],
  door: ['at-the-door'],
  near: ['violence-steps', 'hiding-steps', 'call-quietly'],
  outside: ['runaway-steps', 'cold-night'],
  seen: ['duty-of-anyone'],
  friend: ['duty-of-anyone', 'child-suicide-steps'],
  dread: ['runaway-steps', 'cold-night'],
  ownHands: ['own-hands-steps'],
}

/** What an urgent circumstance of a region's list is about. */
export const circumstanceKinds: Readonly<Record<string, DangerKind>> = {
  'suicide-risk': 'suicide',
  'self-harm': 'self-harm',
  'child-abuse': 'violence',
  'family-in-danger': 'violence',
  'family-conflict': 'violence',
}
