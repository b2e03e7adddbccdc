import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import { openRequest } from '#features/requests/open-request.ts'
import type { StepDeps } from '#features/requests/request-step.ts'
import { vitalInterest } from '#features/requests/vital-interest.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { keepPerson } from '#storage/people.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import type { Answers } from './answers.ts'

/**
 * A child under ten who is frightened or hurt calls an adult of the centre: an urgent request with the account, and with
 * what they wrote before they called, if their card said that it goes along. Throws `already-open`.
 */
export const callAdult = async (
  tx: Tx,
  deps: StepDeps,
  {
    account,
    language,
    who,
    said,
    now,
  }: {
    account: string
    language: Language
    who: Snapshot | null
    said: Pick<Answers, 'ownWords' | 'ownFiles'>
    now: Date
  },
): Promise<void> => {
  if (who?.openRequest) throw new DomainError('already-open')
  const personId =
    who?.person.id ?? (await keepPerson(tx, deps.sealer, { id: newId(), account, language, now }))
  await openRequest(tx, deps, {
    personId,
    language,
    territory: 'other',
    kind: 'message',
    applicant: 'minor',
    ground: vitalInterest,
    representativeConsent: 'unsafe',
    content: { applicant: 'minor', danger: 'now', ...said },
    contact: {},
    reasons: ['under-ten'],
    now,
    begin: async (requestId) => {
      await addEvent(tx, { requestId, at: now, kind: 'submitted' })
      await announce(tx, deps, { type: 'request.submitted', now, requestId })
    },
  })
}
