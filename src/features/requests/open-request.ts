import { yearIn } from '#core/dates.ts'
import { newId } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import { dueDate } from '#features/deadlines/deadlines.ts'
import { otherOption } from '#features/intake/questions.ts'
import { promiseReading } from '#features/promises/promise.ts'
import { applyDecision, decideAssignment } from '#features/routing/assign.ts'
import { enqueueEscalation, escalationAt } from '#features/routing/delays.ts'
import { readingTime } from '#features/routing/reading-time.ts'
import type { AnnounceDeps } from '#features/webhooks/announce.ts'
import { markForSearch } from '#features/worklist/mark-for-search.ts'
import type { Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { insertRequest, type NewRequest, nextNumber } from '#storage/requests/insert-request.ts'
import { openTerritory } from '#storage/territories/territories.ts'
import { hasListeners } from '#storage/webhooks/webhook-events.ts'
import type { Contact, Content } from './request-content.ts'
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
    begin: (requestId: string, announcing: AnnounceDeps) => Promise<void>
    /** `begin` has asked for everything before it first waits: what follows keeps its place without waiting for the answers. */
    atOnce?: boolean
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
    atOnce = false,
    ...known
  }: Opening,
): Promise<{ requestId: string; number: string }> => {
  const id = newId()
  const { applicant } = known
  const [territory, own, reasons] = await Promise.all([
    // The list that the person chose from may be older than a change of the territories.
    openTerritory(tx, known.territory, otherOption),
    sealerOf(tx, sealer, { person: known.personId }),
    found,
  ])
  const minor = applicant === 'minor'
  const wanted = { territory, minor, language, excluded: [], without, timeZone: region.timeZone }
  // Numbers and assignments are both serialised until the end: everybody who asks for help waits for what follows, so
  // everything else is known by now, and what does not wait for an answer of the database is sent together.
  const [number, decision, listening] = await Promise.all([
    nextNumber(tx, yearIn(now, region.timeZone)),
    decideAssignment(tx, wanted, { now }),
    // Behind the locks: who began to listen while this waited for them hears of it.
    hasListeners(tx),
  ])
  const urgent = reasons.length > 0
  const escalateAt = escalationAt(region, urgent, now)
  const request = { id, territory, urgent, applicant, status: 'submitted' as const }
  const outsider = applicant === 'other-person'
  // Whoever is chosen is there and can be reached. An outsider learns that it was read, and is promised nothing else.
  const reading = readingTime(region, outsider ? null : (decision.member?.dutyHours ?? null), now)
  const deps = { region, enqueue, listening }
  const assign = () =>
    applyDecision(tx, deps, { request, decision, trigger: 'submitted', before: null, without, now })
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
  await Promise.all([
    inserted,
    markForSearch(tx, sealer, { requestId: id }, contact),
    // Its own events come before that of the assignment.
    ...(atOnce ? [begin(id, deps), assign()] : [begin(id, deps).then(assign)]),
    enqueueEscalation(tx, enqueue, { requestId: id, step: 1, at: escalateAt, now }),
    promiseReading(tx, { requestId: id }, { wants: outsider ? 'reading' : 'word', reading, now }),
  ])
  return { requestId: id, number }
}
