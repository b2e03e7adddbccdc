import { DomainError } from '#core/errors.ts'
import { type Alarm, isAlarming } from '#features/danger/ear.ts'
import { type FamilyDeps, mustBeActive } from '#features/families/active.ts'
import { privacyOf, secrecy } from '#features/families/audience.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { apartIfAboutCurator } from '#features/messages/about-curator.ts'
import { addMemberLine } from '#features/messages/write-message.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { EventType } from '#features/webhooks/event-scopes.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { lockFamily } from '#storage/families/families.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import {
  answersOfVisit,
  insertVisitAnswer,
  type VisitAnswer,
  type VisitAnswerKind,
} from '#storage/visits/visit-answers.ts'
import { lockVisit, type Visit } from '#storage/visits/visits.ts'
import { freeSlotsForVisit } from './free-time.ts'
import { isAhead } from './visit-transitions.ts'
import { visitForMember } from './visits-for-member.ts'

export const lateMinutes = [15, 30, 60] as const

export type NewVisitAnswer =
  | { kind: 'confirmed' | 'call-me' | 'code-refused' }
  /** An offered slot, or a wish in the member's own words. */
  | { kind: 'other-time'; slot: Date }
  /** `apart`: typed into a conversation that the curator does not read. */
  | { kind: 'other-time'; text: string; apart?: true }
  | { kind: 'late'; minutes: (typeof lateMinutes)[number] }

/**
 * `changed`: the visit was moved, cancelled or is over; `taken`: the slot is no longer free; `again`: already
 * answered like this; `alarming`: stored, and the text contains an alarming word; `apart`: the text is about the curator or the
 * visitor, and stands in the conversation, which they do not read; `kept`: they did not read it before either. Whoever comes
 * learns the bare fact that another time is wanted (ADR 59).
 */
export type AnswerOutcome = 'done' | 'again' | 'changed' | 'taken' | 'alarming' | 'apart' | 'kept'

const hour = 60 * 60 * 1000
/** The visitor may be early, and the family may look at the phone only after they have left. */
const doorMs = { before: hour, after: 3 * hour }

type Given = {
  who: Snapshot | null
  visitId: string
  version: number
  answer: NewVisitAnswer
  /** What was heard in its words. Absent: they are listened to here. */
  alarm?: Alarm
  now: Date
}

/**
 * Stores a member's answer to the version of a visit that they saw, once, and notifies the curator at once.
 * «The code was not said» goes to the supervisors and is accepted even if the visit was moved or cancelled,
 * or the family is closed, because somebody did come. An answer with alarming words is also added to the
 * member's conversation, so that its reader can reply at once. Throws `not-found`, `already-closed`.
 */
export const answerVisit = async (
  tx: Tx,
  deps: FamilyDeps,
  { who, visitId, version, answer, alarm, now }: Given,
): Promise<AnswerOutcome> => {
  // Do not wait for locks of another family. Lock the family before the visit, as staff transitions do.
  const { familyId } = (await visitForMember(tx, who, visitId)).visit
  const family = await lockFamily(tx, familyId)
  const { visit, member } = await visitForMember(tx, who, visitId, async (_, id) => lockVisit(tx, id))
  if (!who || !family) throw new DomainError('not-found')
  const refused = answer.kind === 'code-refused'
  if (!refused) mustBeActive(family)
  if (refused ? !isVisitorExpected(visit, now) : !isAhead(visit, now) || visit.version !== version)
    return 'changed'
  const own = await sealerOf(tx, deps.sealer, { person: who.person.id })
  const said = toRow(own, visit, { personId: who.person.id, answer, now })
  const answers = await answersOfVisit(tx, visit.id)
  const last = answers.findLast((one) => one.personId === who.person.id && one.version === visit.version)
  if (last && isSame(deps.sealer, last, answer, said)) return 'again'
  if ('slot' in answer && !(await isFree(tx, deps, { visit, slot: answer.slot, now }))) return 'taken'
  const { memberId, role } = member
  const text = 'text' in answer ? answer.text : null
  const alarming = text !== null && (alarm?.urgent ?? (await isAlarming(tx, text)))
  const about = { family, memberId, text, also: visit.staffId, alarming, now }
  const line = { family, memberId, role, text, file: null, visitId: visit.id, ...(alarm && { alarm }), now }
  const apart = await apartIfAboutCurator(tx, about)
  const hidden = apart ?? ('apart' in answer && answer.apart ? 'kept' : null)
  if (alarming || hidden) await addMemberLine(tx, deps, line)
  const outcome = hidden === 'begun' ? 'apart' : (hidden ?? (alarming ? 'alarming' : 'done'))
  // Another answer than the wish for another time is in the words alone; and whoever comes need not be told it twice.
  if (hidden && (answer.kind !== 'other-time' || (last && isBare(last)))) return outcome
  await insertVisitAnswer(tx, hidden ? { ...said, text: null } : said)
  const kind = refused ? 'code-refused' : 'visit-answer'
  await notifyStaff(tx, deps, { family, kind, subjectId: visit.id, now })
  const data = {
    visitId: visit.id,
    visitVersion: visit.version,
    memberId,
    role,
    ...secrecy(visit),
    ...privacyOf(member),
    ...('slot' in answer && { startsAt: answer.slot.toISOString() }),
  }
  await announce(tx, deps, { type: events[answer.kind], now, requestId: null, familyId: family.id, data })
  return outcome
}

const events: Record<VisitAnswerKind, EventType> = {
  confirmed: 'visit.confirmed',
  'other-time': 'visit.time_requested',
  late: 'visit.late',
  'call-me': 'visit.call_requested',
  'code-refused': 'visit.code_refused',
}

/**
 * Whether a visitor may be at the door now: the visit is about to begin or under way, or was to be before it
 * was moved or cancelled. Only the last of a visit's earlier times is stored, so a visit that was moved more
 * than once may be answered at any time until it is over.
 */
export const isVisitorExpected = ({ startsAt, endsAt, movedFrom, version }: Visit, now: Date): boolean => {
  const lasts = endsAt.getTime() - startsAt.getTime()
  if (version > 1 && now < startsAt) return true
  return [startsAt, movedFrom].some((start) => {
    const passed = start && now.getTime() - start.getTime()
    return passed !== null && passed >= -doorMs.before && passed <= lasts + doorMs.after
  })
}

/** Another time is wanted, and neither a time nor words are for whoever comes. */
const isBare = ({ kind, slot, text }: VisitAnswer): boolean =>
  kind === 'other-time' && slot === null && text === null

/** The text of an answer, decrypted. */
export const answerText = (
  sealer: Sealer,
  { visitId, personId, text }: Pick<VisitAnswer, 'visitId' | 'personId' | 'text'>,
): string | null => (text === null ? null : sealer.open(text, textPlace(visitId, personId)))

const textPlace = (visitId: string, personId: string) => `visit_answers.text.${visitId}.${personId}`

const toRow = (
  sealer: Sealer,
  { id: visitId, version, startsAt }: Visit,
  { personId, answer, now }: { personId: string; answer: NewVisitAnswer; now: Date },
): Omit<VisitAnswer, 'id'> => ({
  visitId,
  version,
  personId,
  kind: answer.kind,
  slot: slotOf(startsAt, answer),
  text: 'text' in answer ? sealer.seal(answer.text, textPlace(visitId, personId)) : null,
  at: now,
})

const slotOf = (startsAt: Date, answer: NewVisitAnswer): Date | null => {
  if ('slot' in answer) return answer.slot
  return 'minutes' in answer ? new Date(startsAt.getTime() + answer.minutes * 60_000) : null
}

const isSame = (
  sealer: Sealer,
  last: VisitAnswer,
  answer: NewVisitAnswer,
  said: Omit<VisitAnswer, 'id'>,
): boolean =>
  last.kind === answer.kind &&
  last.slot?.getTime() === said.slot?.getTime() &&
  answerText(sealer, last) === ('text' in answer ? answer.text : null)

const isFree = async (
  reader: Reader,
  { region }: FamilyDeps,
  { visit, slot, now }: { visit: Visit; slot: Date; now: Date },
): Promise<boolean> =>
  (await freeSlotsForVisit(reader, region, { visit, now })).some((free) => free.getTime() === slot.getTime())
