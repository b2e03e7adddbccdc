import { type DangerLists, dangerLists } from '#storage/danger/danger-lists.ts'
import type { Reader } from '#storage/database.ts'
import { createAlarmCheck } from './alarming-words.ts'
import { isByOwnHand } from './by-own-hand.ts'
import { type DangerKind, dangerKinds } from './danger-kinds.ts'
import { type DangerTalk, goingOn, talkAt } from './going-on.ts'
import { type Heard, hearDanger } from './hear-danger.ts'
import { type DangerMoment, dreadsHome, liesLifeless, momentOf, staysIn } from './moment.ts'

/** What the ear heard in a text: kinds and how soon to read it; nothing of the text. */
export type Alarm = {
  /** Empty if only words of the centre's own list were found. */
  kinds: readonly DangerKind[]
  /** A person must read it today or at once. Otherwise the numbers are shown, and nobody is woken. */
  urgent: boolean
  /** Words of the centre's own list. */
  listed: boolean
  /** Where whoever writes is in a danger that goes on now: the first steps are those. */
  moment?: DangerMoment
}

/** The talk in which words were said, if it is known to be of danger. */
export type InTalk = { of: DangerTalk | null; now: Date } | null

/**
 * Hears words of danger in what a person wrote, by the built-in list and by the centre's; null if there are none. The one
 * ear of the product: every text goes through it. `talk`: the talk in which it was said, if that is known to be of danger.
 */
export const listen = async (reader: Reader, text: string, talk: InTalk = null): Promise<Alarm | null> =>
  listenWith(await dangerLists(reader), text, talk)

/** Hears several texts of one talk as `listen` would; returns what was found. */
export const listenToAll = async (
  reader: Reader,
  texts: readonly string[],
  talk: InTalk = null,
): Promise<Alarm[]> => {
  if (texts.length === 0) return []
  const lists = await dangerLists(reader)
  return texts.map((text) => listenWith(lists, text, talk)).filter((alarm) => alarm !== null)
}

const listenWith = ({ words, off }: DangerLists, text: string, talk: InTalk): Alarm | null => {
  const heard = hearDanger(text, off)
  const listed = createAlarmCheck(words)(text)
  const danger = talk && talkAt(talk.of, talk.now)
  const found = danger || heard ? goingOn(text, danger?.kinds) : []
  const on = danger !== null && found.length > 0
  if (!heard && !listed && !on) return null
  const said = heard?.kinds ?? []
  // Words that say of what they are need nothing of what was said before.
  const known = danger && (on || heard) && said.every((kind) => kind === 'call') ? danger : null
  const kinds = dangerKinds.filter((kind) => said.includes(kind) || known?.kinds.includes(kind))
  const inTalk = danger !== null
  const told = momentOf(found, { kinds: inTalk ? [...kinds, ...danger.kinds] : kinds, inTalk })
  const moment = told ?? staysIn(known?.moment) ?? (heard && momentSaid(text, heard))
  return {
    kinds,
    urgent: listed || on || (heard !== null && heard.level !== 'look'),
    listed,
    ...(moment && { moment }),
  }
}

/** What is done first where neither the place nor the kinds tell it, but the words do. */
const momentSaid = (text: string, heard: Heard): DangerMoment | null => {
  if (liesLifeless(heard)) return 'hurt'
  if (dreadsHome(heard)) return 'dread'
  return isByOwnHand(text, heard.kinds) ? 'ownHands' : null
}

/** Whether a text cannot wait. */
export const isAlarming = async (reader: Reader, text: string, talk: InTalk = null): Promise<boolean> =>
  (await listen(reader, text, talk))?.urgent === true
