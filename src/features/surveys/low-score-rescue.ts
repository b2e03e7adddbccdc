import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { dueDate } from '#features/deadlines/deadlines.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import { announce } from '#features/webhooks/announce.ts'
import { isCardReader } from '#features/families/card-readers.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import type { Snapshot } from '#storage/people.ts'
import { findStaff } from '#storage/staff/staff.ts'
import {
  markRescueAnswered,
  claimDueRescues,
  findRescue,
  insertRescue,
  listRescues,
  reopenRescue,
  type RescueDetails,
  type RescueCursor,
  rescueOfInvitation,
} from '#storage/surveys/survey-rescues.ts'
import { isAlarmingAnswer } from './alarming-answers.ts'
import { type SurveyDeps, lockSurveyForMember } from './take-survey.ts'
import { meets } from './survey-walk.ts'

/** Somebody of the staff says a word by the end of the next working day: a rule of this product's. */
const answeredWithin = { days: 1, dayKind: 'working' } as const

/** The last moment of the day by whose end a word is promised. */
const rescueDue = (now: Date, timeZone: string): Date => dueDate(answeredWithin, now, timeZone).instant

/**
 * A member asks to speak with somebody other than their curator, after an answer that offers it, being low, or in words
 * that cannot wait: supervisors are told at
 * once, and again until somebody has answered. Asked twice: nothing more. Throws `not-found`, `already-closed` as every
 * step of a survey does, and `not-allowed` where no such answer was given.
 */
export const askRescue = async (
  tx: Tx,
  deps: SurveyDeps,
  { who, id, question: code, now }: { who: Snapshot | null; id: string; question: string; now: Date },
): Promise<RescueDetails> => {
  const { invitation, walk } = await lockSurveyForMember(tx, deps, { who, id, now })
  const question = walk.path.find((one) => one.code === code)
  const answer = walk.answers.get(code)
  const isLow = question?.rescue && answer && meets(question.rescue, answer)
  const alarming = await isAlarmingAnswer(tx, answer)
  if (!isLow && !alarming) throw new DomainError('not-allowed')
  const dueAt = rescueDue(now, deps.region.timeZone)
  const remindAt = nextReminder(deps.region, now)
  const asked = { question: code, askedAt: now, dueAt, remindAt }
  const first = await insertRescue(tx, { id: newId(), invitationId: id, ...asked })
  const before = first ?? (await rescueOfInvitation(tx, invitation.id))
  if (!before) throw new DomainError('stale')
  // What cannot wait is told of also where something else was asked for before.
  const again = first === null && alarming && (before.question !== code || before.answeredAt !== null)
  const rescue = again ? await reopenRescue(tx, before.id, asked) : before
  if (first || again) await tell(tx, deps, { rescue, alarming, now })
  return rescue
}

/** Everybody who leads the work learns of it, and of nothing that was answered. */
const tell = async (
  tx: Tx,
  deps: SurveyDeps,
  { rescue, alarming, now }: { rescue: RescueDetails; alarming: boolean; now: Date },
): Promise<void> => {
  const { id: rescueId, familyId, memberId, surveyCode, dueAt } = rescue
  await showCard(tx, deps, rescue, now)
  const data = { rescueId, memberId, survey: surveyCode, dueAt: dueAt.toISOString(), alarming }
  await announce(tx, deps, { type: 'survey.low_score', now, requestId: null, familyId, data })
}

const showCard = async (
  tx: Tx,
  deps: Omit<SurveyDeps, 'sealer'>,
  { id, familyId }: RescueDetails,
  now: Date,
): Promise<void> => {
  const family = await findFamily(tx, familyId)
  if (family) await notifyStaff(tx, deps, { family, kind: 'survey-low-score', subjectId: id, now })
}

/** Supervisors are told again of what nobody has answered, each working morning. Returns how many there were. */
export const remindOfRescues = async (
  tx: Tx,
  deps: Omit<SurveyDeps, 'sealer'>,
  now: Date,
): Promise<number> => {
  const due = await claimDueRescues(tx, { now, next: nextReminder(deps.region, now) })
  for (const rescue of due) await showCard(tx, deps, rescue, now)
  return due.length
}

/** Who may say that a member has their answer: a supervisor in the bot, or a key that reaches the territory. */
type By = { staffId: string; region: Region } | { caller: Caller }

/**
 * Keeps that the member has their answer; of two who say so the first counts. Throws `not-found` for one of other
 * territories, or where whoever says it may not see it.
 */
export const answerRescue = async (
  tx: Tx,
  { id, by, now }: { id: string; by: By; now: Date },
): Promise<RescueDetails> => {
  const rescue = await findRescue(tx, id)
  if (!rescue || !(await mayAnswer(tx, { rescue, by, now }))) throw new DomainError('not-found')
  const whose = 'staffId' in by ? { staffId: by.staffId } : { apiKeyId: by.caller.keyId }
  await markRescueAnswered(tx, id, { ...whose, now })
  return (await findRescue(tx, id)) ?? rescue
}

const mayAnswer = async (
  tx: Tx,
  { rescue, by, now }: { rescue: RescueDetails; by: By; now: Date },
): Promise<boolean> => {
  if ('caller' in by) return reachesTerritory(by.caller, rescue.territory)
  const staff = await findStaff(tx, by.staffId)
  const family = await findFamily(tx, rescue.familyId)
  if (!staff || !family || staff.role === 'curator') return false
  return isCardReader(tx, by.region, staff, { family, kind: 'survey-low-score', subjectId: rescue.id, now })
}

/** A page of those that a key reaches, the oldest first; `next` is the place after which the following one begins. */
export const rescuesFor = async (
  reader: Reader,
  {
    caller,
    open,
    after,
    limit,
  }: { caller: Caller; open: boolean | undefined; after: RescueCursor | undefined; limit: number },
): Promise<{ items: RescueDetails[]; next: RescueCursor | null }> => {
  const { territories } = caller
  const found = await listRescues(reader, { territories, open, after, limit: limit + 1 })
  const items = found.slice(0, limit)
  return { items, next: found.length > items.length ? (items.at(-1) ?? null) : null }
}

/** The morning of the next working day. */
const nextReminder = ({ routing, timeZone }: Region, now: Date): Date => {
  const { date } = dueDate(answeredWithin, now, timeZone)
  return new Date(epochMsOf(date, routing.value.workingTime.from, timeZone))
}
