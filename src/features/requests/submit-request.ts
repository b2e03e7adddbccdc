import { yearIn } from '#core/dates.ts'
import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { dueDate } from '#features/deadlines/deadlines.ts'
import type { Answers, GivenConsent } from '#features/intake/answers.ts'
import { isOutsider } from '#features/intake/questions.ts'
import { addressOfApplicant, walk } from '#features/intake/walk.ts'
import { promiseReading } from '#features/promises/promise.ts'
import { applyDecision, decideAssignment } from '#features/routing/assign.ts'
import { enqueueEscalation, escalationAt } from '#features/routing/delays.ts'
import { announceAll } from '#features/webhooks/announce.ts'
import type { ConsentKind } from '#storage/consents/consents.ts'
import type { Tx } from '#storage/database.ts'
import { markSafetyToCopy } from '#storage/families/safety-facts.ts'
import { finishDraft } from '#storage/intake/intake.ts'
import type { Snapshot } from '#storage/people.ts'
import { insertRequest, nextNumber } from '#storage/requests/requests.ts'
import { splitAnswers } from './request-content.ts'
import { readerOfRequest } from './request-reader.ts'
import type { StepDeps } from './request-step.ts'
import { alarmsIn, urgentReasons } from './urgency.ts'
import { sealReasons } from './urgent-reasons.ts'

/**
 * Turns a complete draft into a request: number, due date by the region's rule, consents, assignment and
 * cards, all in the caller's transaction. The draft is deleted, so a second Submit finds none. Throws
 * `draft-incomplete`, `consent-missing`, `already-open`.
 */
export const submitRequest = async (
  tx: Tx,
  deps: StepDeps,
  { who, answers: all, now }: { who: Snapshot; answers: Answers; now: Date },
): Promise<{ requestId: string; number: string }> => {
  const { sealer, region } = deps
  if (who.openRequest) throw new DomainError('already-open')
  const { gap, answers: walked } = walk(all, region)
  // The short way asks little; what was answered before it goes along.
  const answers = all.short ? unasked({ ...all, ...walked }) : walked
  const { applicant, territory, supportRequest, dataSharing } = answers
  // Nobody can ask for support, or share details, in the name of another family.
  const outside = isOutsider(answers)
  if (!outside && !supportRequest?.given) throw new DomainError('consent-missing')
  const shares = dataSharing ?? (answers.short || outside ? notShared : undefined)
  if (gap !== null || !applicant || !territory || !shares || !who.draft)
    throw new DomainError('draft-incomplete')

  const id = newId()
  const { content, contact } = splitAnswers(answers)
  const reasons = urgentReasons(answers, region, await alarmsIn(tx, answers))
  const urgent = reasons.length > 0
  const number = await nextNumber(tx, yearIn(now, region.timeZone))
  // Numbers and assignments are both serialised.
  const decision = await decideAssignment(
    tx,
    {
      territory,
      minor: applicant === 'minor',
      language: who.person.language,
      excluded: [],
      without: [],
      timeZone: region.timeZone,
    },
    { now },
  )
  const escalateAt = escalationAt(region, urgent, now)
  await insertRequest(tx, {
    id,
    number,
    draftId: who.draft.id,
    personId: who.person.id,
    region: region.code,
    territory,
    kind: region.applicants[applicant].registeredAs,
    applicant,
    urgent,
    urgentReasons: sealReasons(sealer, id, reasons),
    helpKinds: answers.helpKinds ?? [],
    representativeConsent: representativeConsent(answers),
    dataSharing: shares.given,
    answers: sealer.sealJson(content, `requests.answers.${id}`),
    contact: sealer.sealJson(contact, `requests.contact.${id}`),
    submittedAt: now,
    dueAt: dueDate(region.nextStep.value, now, region.timeZone).instant,
    stage: region.stages[0] ?? 'registered',
    assignedToId: decision.choice,
    assignedAt: decision.choice === null ? null : now,
    escalateAt,
  })
  const own: ConsentKind = addressOfApplicant(answers) === 'minor' ? 'minor-agreement' : 'support-request'
  const consents = [
    supportRequest && !outside ? consentRow(own, supportRequest) : null,
    dataSharing && !outside ? consentRow('data-sharing', dataSharing) : null,
  ].filter((consent) => consent !== null)
  await finishDraft(tx, { personId: who.person.id, draft: who.draft, requestId: id, consents, now })
  await announceAll(tx, deps, [
    { type: 'request.submitted', now, requestId: id },
    ...consents.map(({ kind, version }) => ({
      type: 'consent.given' as const,
      now,
      requestId: id,
      data: { kind, version },
    })),
  ])
  // What they say about their safety belongs to them, also in a family that has been supported for long.
  if ((await markSafetyToCopy(tx, who.person.id)) > 0) await deps.enqueue(tx, 'safety-copy', {})
  const request = { id, territory, urgent }
  await applyDecision(tx, deps, { request, decision, trigger: 'submitted', before: null, now })
  await enqueueEscalation(tx, deps.enqueue, { requestId: id, step: 1, at: escalateAt, now })
  const held = { applicant, claimedById: null, assignedToId: decision.choice }
  const reading = await readerOfRequest(tx, region, held, now)
  // An outsider learns that it was read, and is promised nothing else.
  const wants = applicant === 'other-person' ? 'reading' : 'word'
  await promiseReading(tx, { requestId: id }, { wants, reading, now })
  return { requestId: id, number }
}

/** Not asked on the short way, and therefore not given. */
const notShared = { given: false } as const

/** Whether parents may know is not asked on the short way either: until somebody does, speaking with them is unsafe. */
const unasked = (answers: Answers): Answers =>
  answers.applicant === 'minor' ? { parents: 'unsafe', ...answers } : answers

const consentRow = (kind: ConsentKind, { given, version, textHash, language, at }: GivenConsent) =>
  given ? { kind, version, textHash, language, givenAt: new Date(at) } : null

/** Whether support needs the legal representative's consent, and whether asking for it is safe. */
const representativeConsent = ({ applicant, parents }: Answers) => {
  if (applicant !== 'minor') return 'not-needed'
  return parents === 'unsafe' ? 'unsafe' : 'needed'
}
