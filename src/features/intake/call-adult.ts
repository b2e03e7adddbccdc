import { sealReasons } from '#features/requests/urgent-reasons.ts'
import { yearIn } from '#core/dates.ts'
import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import { dueDate } from '#features/deadlines/deadlines.ts'
import type { StepDeps } from '#features/requests/request-step.ts'
import { applyDecision, decideAssignment } from '#features/routing/assign.ts'
import { enqueueEscalation, escalationAt } from '#features/routing/delays.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { keepPerson } from '#storage/people.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import { insertRequest, nextNumber } from '#storage/requests/requests.ts'

/** To protect life and health where consent cannot be obtained: 152-ФЗ, ст. 6, ч. 1, п. 6. */
export const vitalInterest = '152-fz-6-1-6'

/**
 * A child under ten who is frightened or hurt calls an adult of the centre: an urgent request with the account and
 * nothing else. Throws `already-open`.
 */
export const callAdult = async (
  tx: Tx,
  deps: StepDeps,
  { account, language, who, now }: { account: string; language: Language; who: Snapshot | null; now: Date },
): Promise<void> => {
  if (who?.openRequest) throw new DomainError('already-open')
  const { sealer, region } = deps
  const personId = who?.person.id ?? (await keepPerson(tx, sealer, { id: newId(), account, language, now }))
  const id = newId()
  const number = await nextNumber(tx, yearIn(now, region.timeZone))
  const territory = 'other'
  const wanted = { territory, minor: true, language, excluded: [], without: [], timeZone: region.timeZone }
  const decision = await decideAssignment(tx, wanted, { now })
  const escalateAt = escalationAt(region, true, now)
  await insertRequest(tx, {
    id,
    number,
    draftId: newId(),
    personId,
    region: region.code,
    territory,
    kind: 'message',
    applicant: 'minor',
    urgent: true,
    urgentReasons: sealReasons(sealer, id, ['under-ten']),
    ground: vitalInterest,
    helpKinds: [],
    representativeConsent: 'unsafe',
    dataSharing: false,
    answers: sealer.sealJson({ applicant: 'minor', danger: 'now' }, `requests.answers.${id}`),
    contact: sealer.sealJson({}, `requests.contact.${id}`),
    submittedAt: now,
    dueAt: dueDate(region.nextStep.value, now, region.timeZone).instant,
    stage: region.stages[0] ?? 'registered',
    assignedToId: decision.choice,
    assignedAt: decision.choice === null ? null : now,
    escalateAt,
  })
  await addEvent(tx, { requestId: id, at: now, kind: 'submitted' })
  await announce(tx, deps, { type: 'request.submitted', now, requestId: id })
  const request = { id, territory, urgent: true }
  await applyDecision(tx, deps, { request, decision, trigger: 'submitted', before: null, now })
  await enqueueEscalation(tx, deps.enqueue, { requestId: id, step: 1, at: escalateAt, now })
}
