import { isBehind } from '#dialogue/behind.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import { readersForMember, writeAsMember } from '#features/messages/messages-for-member.ts'
import {
  type AnswerOutcome,
  answerVisit,
  lateMinutes,
  type NewVisitAnswer,
} from '#features/visits/visit-answers.ts'
import { isAhead } from '#features/visits/visit-transitions.ts'
import { visitForMember } from '#features/visits/visits-for-member.ts'
import { namesTime, type VisitWords, visitWordsIn } from '#features/words/visit-words.ts'
import { wordsSent } from '#dialogue/visits/visit-screen.ts'
import type { Visit } from '#storage/visits/visits.ts'
import type { Destination } from './destination.ts'
import { sendToFamily } from './send.ts'

type ToFamily = Extract<Destination, { kind: 'family' }>

/**
 * «Приду», «не смогу в четверг», typed in place of a visit's buttons: the curator gets it as the button would have said it,
 * with the words, and where another time is wanted the free hours are shown. Null if it is no answer to a visit that is
 * ahead: then it is a message like any other. Nothing of a talk about danger is taken for an answer to a visit.
 */
export const answerVisitInWords = async (
  turn: Turn,
  destination: Destination,
  text: string,
): Promise<Step | null> => {
  const { deps, who, now } = turn
  if (destination.kind !== 'family' || destination.visitId === undefined || isOfDanger(turn)) return null
  const asked = turn.session.screen.name === 'visit-slots' && destination.pushed === undefined
  const meant = visitWordsIn(text) ?? (asked && namesTime(text) ? ({ meant: 'other-time' } as const) : null)
  if (!meant) return null
  const { visit } = await visitForMember(deps.database, who, destination.visitId)
  if (!isAhead(visit, now)) return null
  const { pushed } = destination
  // «Да» was said to another time, or before the visit was on the screen.
  const unseen = pushed === undefined ? turn.input.unseen || isBehind(turn) : pushed !== visit.version
  if (unseen && meant.meant === 'confirmed') return null
  const { apart } = await deps.database.transaction((tx) =>
    readersForMember(tx, deps.region, { who, familyId: visit.familyId, now }),
  )
  const answer = apart && meant.meant === 'late' ? null : answerOf(meant, text, apart !== null)
  // How late somebody is whose words are hidden from the curator, or without a number, goes to the conversation; the card
  // asks the rest.
  return answer
    ? answered(turn, { visit, answer, destination, text })
    : passedOn(turn, { visit, meant, destination, text })
}

const isOfDanger = ({ heard, session }: Turn): boolean =>
  heard !== null ||
  session.heard !== undefined ||
  session.crisis !== undefined ||
  session.danger !== undefined

const answerOf = (meant: VisitWords, text: string, apart: boolean): NewVisitAnswer | null => {
  if (meant.meant === 'confirmed') return { kind: 'confirmed' }
  if (meant.meant === 'other-time') return { kind: 'other-time', text, ...(apart && { apart }) }
  const minutes = lateMinutes.find((one) => meant.meant === 'late' && one === meant.minutes)
  return minutes === undefined ? null : { kind: 'late', minutes }
}

type Said = { visit: Visit; destination: ToFamily; text: string }

const answered = async (
  turn: Turn,
  { visit, answer, destination, text }: Said & { answer: NewVisitAnswer },
): Promise<Step> => {
  const { deps, who, now, say } = turn
  const { id: visitId, version, familyId } = visit
  const outcome = await turn.once(async (tx): Promise<AnswerOutcome> => {
    const made = await answerVisit(tx, deps, { who, visitId, version, answer, now })
    // Moved in this very moment; or the button would have said the minutes and nothing else. The words are kept.
    const quiet = made === 'done' && answer.kind === 'late'
    if (made === 'changed' || quiet) {
      const about = { ...aboutOf(destination), ...(quiet && { quiet: true as const }) }
      await writeAsMember(tx, deps, { who, familyId, said: { text, file: null }, about, now })
    }
    return made
  })
  if (outcome === 'alarming' || outcome === 'apart' || outcome === 'kept')
    return wordsSent(turn, { familyId, outcome, answer })
  const to = { name: 'visit', visitId } as const
  if (outcome === 'changed') return { to, notice: `${say.t('messages.sent')} ${say.t('visit.done.changed')}` }
  // The times are on the screen already: this is the answer to them.
  if (answer.kind === 'other-time' && turn.session.screen.name === 'visit-slots')
    return { to, notice: say.t('visit.done.passed') }
  if (answer.kind === 'other-time')
    return { to: { name: 'visit-slots', visitId, version }, notice: say.t('visit.done.moveWords') }
  if (outcome === 'again') return { to, notice: say.t('visit.done.again') }
  return { to, notice: say.t(answer.kind === 'confirmed' ? 'visit.done.confirmed' : 'visit.done.passed') }
}

const passedOn = async (
  turn: Turn,
  { visit, meant, destination, text }: Said & { meant: VisitWords },
): Promise<Step> => {
  const { id: visitId, version } = visit
  const step = await sendToFamily(turn, destination, { text, file: null })
  if (step.to.name === 'messages') return step
  const name = meant.meant === 'late' ? 'visit-late' : 'visit-slots'
  const notice = meant.meant === 'late' ? turn.say.t('visit.done.lateWords') : step.notice
  return { to: { name, visitId, version }, ...(notice !== undefined && { notice }) }
}

const aboutOf = ({ visitId }: ToFamily) => (visitId === undefined ? {} : { visitId })
