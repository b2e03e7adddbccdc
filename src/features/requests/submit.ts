import { yearIn } from '#core/dates.ts'
import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { dueDate } from '#features/deadlines/deadline.ts'
import type { Answers, GivenConsent } from '#features/intake/answers.ts'
import { addressOf, walk } from '#features/intake/walk.ts'
import type { Enqueue } from '#jobs/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { ConsentKind } from '#storage/consents.ts'
import type { Tx } from '#storage/database.ts'
import { finishDraft } from '#storage/intake.ts'
import type { Snapshot } from '#storage/people.ts'
import { insertRequest, nextNumber } from '#storage/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { staffOfTerritory } from '#storage/staff.ts'
import { splitAnswers } from './content.ts'

export type SubmitDeps = { sealer: Sealer; region: Region; enqueue: Enqueue }

/**
 * Makes the request of a complete draft: number, due date by the region's rule, consents, and the cards of
 * the intake specialists, all in the caller's transaction. The draft is gone afterwards, so a second Submit
 * finds none. Throws `draft-incomplete`, `consent-missing`, `already-open`.
 */
export const submitRequest = async (
  tx: Tx,
  { sealer, region, enqueue }: SubmitDeps,
  { who, answers: all, now }: { who: Snapshot; answers: Answers; now: Date },
): Promise<{ requestId: string; number: string }> => {
  if (who.openRequest) throw new DomainError('already-open')
  const { gap, answers } = walk(all, region)
  const { applicant, territory, supportRequest, dataSharing } = answers
  if (!supportRequest?.given) throw new DomainError('consent-missing')
  if (gap !== null || !applicant || !territory || !dataSharing || !who.draft)
    throw new DomainError('draft-incomplete')

  const id = newId()
  const { content, contact } = splitAnswers(answers)
  const number = await nextNumber(tx, yearIn(now, region.timeZone))
  await insertRequest(tx, {
    id,
    number,
    draftId: who.draft.id,
    personId: who.person.id,
    region: region.code,
    territory,
    kind: region.applicants[applicant].registeredAs,
    applicant,
    urgent: answers.danger === 'now',
    helpKinds: answers.helpKinds ?? [],
    representativeConsent: representativeConsent(answers),
    dataSharing: dataSharing.given,
    answers: sealer.sealJson(content, `requests.answers.${id}`),
    contact: sealer.sealJson(contact, `requests.contact.${id}`),
    submittedAt: now,
    dueAt: dueDate(region.nextStep.value, now, region.timeZone).instant,
  })
  const own: ConsentKind = addressOf(answers) === 'minor' ? 'minor-agreement' : 'support-request'
  const consents = [consentRow(own, supportRequest), consentRow('data-sharing', dataSharing)]
  await finishDraft(tx, {
    personId: who.person.id,
    draft: who.draft,
    requestId: id,
    consents: consents.filter((consent) => consent !== null),
    now,
  })
  for (const member of await staffOfTerritory(tx, territory, 'intake')) {
    await enqueue(tx, 'staff-card', { requestId: id, staffId: member.id })
  }
  return { requestId: id, number }
}

const consentRow = (kind: ConsentKind, { given, version, textHash, language, at }: GivenConsent) =>
  given ? { kind, version, textHash, language, givenAt: new Date(at) } : null

/** Whether the work needs the legal representative's consent, and whether asking for it is safe. */
const representativeConsent = ({ applicant, parents }: Answers) => {
  if (applicant !== 'minor') return 'not-needed'
  return parents === 'unsafe' ? 'unsafe' : 'needed'
}
