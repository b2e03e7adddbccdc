import { momentOfOutsider } from '#features/danger/danger-advice.ts'
import { type Alarm, type InTalk, listen } from '#features/danger/ear.ts'
import { tellsFrom } from '#features/danger/from-outside.ts'
import { talkAt } from '#features/danger/going-on.ts'
import { isOutsider } from '#features/intake/questions.ts'
import { isOutsidersLast } from '#features/requests/conversation.ts'
import type { Input } from './input.ts'
import type { Turn } from './screen.ts'
import { addressAsSaid } from './words/address-as-said.ts'

/** What a person wrote with this input, whatever screen takes it; null for taps and the like. */
const writtenIn = ({ event }: Input): string | null => {
  const said = event.kind === 'edited' ? event.now : event
  if (said.kind === 'text') return said.text
  return said.kind === 'file' && said.caption !== '' ? said.caption : null
}

/**
 * Passes every text of a family through the ear, as part of the talk in which it is said. What staff write is not a cry for
 * help of their own. `underCrisis`: the numbers are on the screen.
 */
export const listenTo = async (turn: Turn, underCrisis: boolean): Promise<Alarm | null> => {
  const { input, deps, who, session, now } = turn
  const text = writtenIn(input)
  if (text === null || who?.staff?.active) return null
  const of = session.danger ?? (underCrisis ? { kinds: ['call' as const], at: now.getTime() } : null)
  addressAsSaid(turn, text)
  const alarm = await listen(deps.database, text, { of, now })
  if (!alarm) return null
  const others = await ofOthers(turn, text)
  talkOfDanger(turn, { ...alarm, ...(others && { others }) })
  if (!others) return alarm
  // «Он ломится к ним» is no reason to lock one's own door.
  const { moment: told, ...heard } = alarm
  const moment = others === 'friend' && told === 'hurt' ? told : momentOfOutsider(alarm.kinds, others)
  return moment ? { ...heard, moment } : heard
}

/** From where somebody sees a danger that is not theirs: by these words, by what they write about, by what they said before. */
const ofOthers = async (turn: Turn, text: string): Promise<'seen' | 'friend' | null> => {
  const { answers, deps, who, session, now } = turn
  const from = tellsFrom(text)
  if (from === 'own') return null
  if (from) return from
  if (answers.applicant !== undefined) return isOutsider(answers) ? 'seen' : null
  if (await isOutsidersLast(deps.database, who)) return 'seen'
  return talkAt(session.danger ?? null, now)?.others ?? null
}

type Spoken = Pick<Alarm, 'kinds' | 'moment'> & { others?: 'seen' | 'friend' }

/** From now on the talk is about danger: what is said next is heard as part of it. */
export const talkOfDanger = ({ session, now }: Turn, heard: Spoken | null): void => {
  const before = session.danger?.kinds ?? ['call']
  const { kinds = [], moment, others } = heard ?? session.danger ?? {}
  session.danger = {
    kinds: kinds.length > 0 ? [...kinds] : before,
    at: now.getTime(),
    ...(moment && { moment }),
    ...(others && { others }),
  }
}

/** For whoever hears earlier words again: the talk in which they were said. */
export const inTalk = ({ session, now }: Turn): InTalk => ({ of: session.danger ?? null, now })

/** For whoever stores the words: as they were heard, which may be more than the words alone would tell. */
export const heardNow = ({ heard }: Turn): { alarm?: Alarm } => (heard ? { alarm: heard } : {})
