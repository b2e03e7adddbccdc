import { momentOfOutsider } from '#features/danger/danger-advice.ts'
import { type Alarm, type InTalk, listen } from '#features/danger/ear.ts'
import { isOutsider } from '#features/intake/questions.ts'
import { isOutsidersLast } from '#features/requests/conversation.ts'
import type { Input } from './input.ts'
import type { Turn } from './screen.ts'

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
  const alarm = await listen(deps.database, text, { of, now })
  if (!alarm) return null
  talkOfDanger(turn, alarm)
  if (!(await writesOfOthers(turn))) return alarm
  // «Он ломится к ним» is no reason to lock one's own door.
  const { moment: _, ...heard } = alarm
  const moment = momentOfOutsider(alarm.kinds)
  return moment ? { ...heard, moment } : heard
}

const writesOfOthers = async ({ answers, deps, who }: Turn): Promise<boolean> =>
  answers.applicant === undefined ? isOutsidersLast(deps.database, who) : isOutsider(answers)

/** From now on the talk is about danger: what is said next is heard as part of it. */
export const talkOfDanger = ({ session, now }: Turn, heard: Pick<Alarm, 'kinds' | 'moment'> | null): void => {
  const before = session.danger?.kinds ?? ['call']
  const { kinds = [], moment } = heard ?? session.danger ?? {}
  session.danger = {
    kinds: kinds.length > 0 ? [...kinds] : before,
    at: now.getTime(),
    ...(moment && { moment }),
  }
}

/** For whoever hears earlier words again: the talk in which they were said. */
export const inTalk = ({ session, now }: Turn): InTalk => ({ of: session.danger ?? null, now })

/** For whoever stores the words: as they were heard, which may be more than the words alone would tell. */
export const heardNow = ({ heard }: Turn): { alarm?: Alarm } => (heard ? { alarm: heard } : {})
