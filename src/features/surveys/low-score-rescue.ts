import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { dueDate } from '#features/deadlines/deadlines.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import type { InTalk } from '#features/danger/ear.ts'
import { isCardReader } from '#features/families/card-readers.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { talkApart } from '#features/messages/talk-apart.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import type { Snapshot } from '#storage/people.ts'
import { findStaff } from '#storage/staff/staff.ts'
import {
  claimDueRescues,
  findRescue,
  insertRescue,
  listRescues,
  markRescueAnswered,
  type RescueCursor,
  type RescueDetails,
  reopenRescue,
  rescueOfInvitation,
} from '#storage/surveys/survey-rescues.ts'
import { isAboutCurator, isAlarmingAnswer } from './alarming-answers.ts'
import { meets } from './survey-walk.ts'
import { lockSurveyForMember, type SurveyDeps } from './take-survey.ts'

/** Staff respond by the end of the next working day. This product's own rule, not a clause. */
const answeredWithin = { days: 1, dayKind: 'working' } as const

/** The end of the day by which a response is promised. */
const rescueDue = (now: Date, region: Region): Date => dueDate(answeredWithin, now, region).instant

/**
 * Records that a member asks to speak with somebody other than their curator, after an answer that is low or contains
 * an alarming word. Supervisors are notified at once, and again until somebody responds. A repeated request changes
 * nothing. Throws `not-found` and `already-closed` like every step of a survey, and `not-allowed` if no such answer
 * was given.
 */
export const askRescue = async (
  tx: Tx,
  deps: SurveyDeps,
  {
    who,
    id,
    question: code,
    talk = null,
    now,
  }: { who: Snapshot | null; id: string; question: string; talk?: InTalk; now: Date },
): Promise<RescueDetails> => {
  const { invitation, walk } = await lockSurveyForMember(tx, deps, { who, id, now })
  const question = walk.path.find((one) => one.code === code)
  const answer = walk.answers.get(code)
  const isLow = question?.rescue && answer && meets(question.rescue, answer)
  const alarming = await isAlarmingAnswer(tx, answer, talk)
  if (!isLow && !alarming && !(await isAboutCurator(tx, invitation, answer)))
    throw new DomainError('not-allowed')
  const dueAt = rescueDue(now, deps.region)
  const remindAt = nextReminder(deps.region, now)
  const asked = { question: code, askedAt: now, dueAt, remindAt }
  const first = await insertRescue(tx, { id: newId(), invitationId: id, ...asked })
  const before = first ?? (await rescueOfInvitation(tx, invitation.id))
  if (!before) throw new DomainError('stale')
  // An alarming answer notifies again, even after an earlier request.
  const again = first === null && alarming && (before.question !== code || before.answeredAt !== null)
  const rescue = again ? await reopenRescue(tx, before.id, asked) : before
  await talkApart(tx, {
    familyId: rescue.familyId,
    memberId: rescue.memberId,
    curators: [rescue.curatorId, rescue.familyCuratorId],
    now,
  })
  if (first || again) await tell(tx, deps, { rescue, alarming, now })
  return rescue
}

/** Notifies all supervisors, without the answer itself. */
const tell = async (
  tx: Tx,
  deps: SurveyDeps,
  { rescue, alarming, now }: { rescue: RescueDetails; alarming: boolean; now: Date },
): Promise<void> => {
  const { id: rescueId, familyId, memberId, minor, surveyCode, dueAt } = rescue
  await showCard(tx, deps, rescue, now)
  const about = { rescueId, memberId, survey: surveyCode, dueAt: dueAt.toISOString(), alarming }
  const hiddenFrom = [...new Set([rescue.curatorId, rescue.familyCuratorId])].filter((one) => one !== null)
  const data = { ...about, hiddenFrom, ...(minor && { confidential: true as const }) }
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

/** Reminds supervisors of unanswered requests, every working morning. Returns their number. */
export const remindOfRescues = async (
  tx: Tx,
  deps: Omit<SurveyDeps, 'sealer'>,
  now: Date,
): Promise<number> => {
  const due = await claimDueRescues(tx, { now, next: nextReminder(deps.region, now) })
  for (const rescue of due) await showCard(tx, deps, rescue, now)
  return due.length
}

/** Who may mark a request as answered: a supervisor in the bot, or a key whose territories include it. */
type By = { staffId: string; region: Region } | { caller: Caller }

/**
 * Marks a request as answered; the first of two calls wins. Throws `not-found` for a request of another territory or
 * one that the caller may not see.
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

/** A page of the requests in a key's territories, oldest first. `next` is the cursor of the next page. */
export const rescuesFor = async (
  reader: Reader,
  {
    caller,
    open,
    updatedSince,
    after,
    limit,
  }: {
    caller: Caller
    open: boolean | undefined
    updatedSince: Date | undefined
    after: RescueCursor | undefined
    limit: number
  },
): Promise<{ items: RescueDetails[]; next: RescueCursor | null }> => {
  const { territories } = caller
  const found = await listRescues(reader, {
    territories,
    open,
    updatedSince,
    after,
    limit: limit + 1,
  })
  const items = found.slice(0, limit)
  return { items, next: found.length > items.length ? (items.at(-1) ?? null) : null }
}

/** The morning of the next working day. */
const nextReminder = (region: Region, now: Date): Date => {
  const { date } = dueDate(answeredWithin, now, region)
  return new Date(epochMsOf(date, region.routing.value.workingTime.from, region.timeZone))
}
