import { yearIn } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import { dueDate } from '#features/deadlines/deadlines.ts'
import { otherOption } from '#features/intake/questions.ts'
import { promiseReading } from '#features/promises/promise.ts'
import { applyDecision, decideAssignment } from '#features/routing/assign.ts'
import { enqueueEscalation, escalationAt } from '#features/routing/delays.ts'
import { markForSearch } from '#features/worklist/mark-for-search.ts'
import type { Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { insertRequest, type NewRequest, nextNumber } from '#storage/requests/insert-request.ts'
import { openTerritory } from '#storage/territories/territories.ts'
import type { Contact, Content } from './request-content.ts'
import { readerOfRequest } from './request-reader.ts'
import type { StepDeps } from './request-step.ts'
import { sealReasons, type UrgentReason } from './urgent-reasons.ts'

/** What is known of a new request, whichever way it came. */
export type Opening = Pick<
  NewRequest,
  'personId' | 'territory' | 'kind' | 'applicant' | 'representativeConsent'
> &
  Partial<Pick<NewRequest, 'draftId' | 'ground' | 'source' | 'helpKinds' | 'dataSharing'>> & {
    /** In which the specialist should speak. */
    language: Language
    content: Content
    contact: Contact
    /** Empty: it is not urgent. A promise, if the database is asked for them. */
    reasons: readonly UrgentReason[] | Promise<readonly UrgentReason[]>
    /** Staff who are not to get it. */
    without?: readonly string[]
    /** When the centre got it, if not now. */
    receivedAt?: Date
    now: Date
    /** Writes its first event, and what else belongs to its beginning, before it is assigned. */
    begin: (requestId: string) => Promise<void>
  }

/**
 * Opens a request: number, due date by the region's rule, assignment, cards, escalation and what is promised, all in the caller's
 * transaction. The one way in which requests begin. Throws `already-open`.
 */
export const openRequest = async (
  tx: Tx,
  { sealer, region, enqueue }: StepDeps,
  {
    language,
    content,
    contact,
    reasons: found,
    now,
    receivedAt = now,
    without = [],
    begin,
    ...known
  }: Opening,
): Promise<{ requestId: string; number: string }> => {
  const id = newId()
  const { applicant } = known
  // The list that the person chose from may be older than a change of the territories.
  const territory = await openTerritory(tx, known.territory, otherOption)
  const minor = applicant === 'minor'
  const wanted = { territory, minor, language, excluded: [], without, timeZone: region.timeZone }
  // Numbers and assignments are both serialised. What does not wait for an answer of the database is sent together.
  const [own, reasons, number, decision] = await Promise.all([
    sealerOf(tx, sealer, { person: known.personId }),
    found,
    nextNumber(tx, yearIn(now, region.timeZone)),
    decideAssignment(tx, wanted, { now }),
  ])
  const urgent = reasons.length > 0
  const escalateAt = escalationAt(region, urgent, now)
  const inserted = insertRequest(tx, {
    ...{ draftId: newId(), helpKinds: [], dataSharing: false },
    ...known,
    territory,
    id,
    number,
    region: region.code,
    urgent,
    urgentReasons: sealReasons(own, id, reasons),
    answers: own.sealJson(content, `requests.answers.${id}`),
    contact: own.sealJson(contact, `requests.contact.${id}`),
    submittedAt: receivedAt,
    dueAt: dueDate(region.nextStep.value, receivedAt, region).instant,
    stage: region.stages[0] ?? 'registered',
    assignedToId: decision.choice,
    assignedAt: decision.choice === null ? null : now,
    escalateAt,
  })
  const request = { id, territory, urgent, applicant, status: 'submitted' as const }
  const held = { applicant, claimedById: null, assignedToId: decision.choice }
  // An outsider learns that it was read, and is promised nothing else.
  const wants = applicant === 'other-person' ? 'reading' : 'word'
  await Promise.all([
    inserted,
    markForSearch(tx, sealer, { requestId: id }, contact),
    // Its own events come before that of the assignment.
    begin(id).then(() =>
      applyDecision(tx, { region, enqueue }, { request, decision, trigger: 'submitted', before: null, now }),
    ),
    enqueueEscalation(tx, enqueue, { requestId: id, step: 1, at: escalateAt, now }),
    readerOfRequest(tx, region, held, now).then((reading) =>
      promiseReading(tx, { requestId: id }, { wants, reading, now }),
    ),
  ])
  return { requestId: id, number }
}
