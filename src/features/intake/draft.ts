import { newId } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import { consentIdOf } from '#features/consents/consent-id.ts'
import type { TappedText } from '#features/consents/consent-text.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import { concealAccount } from '#storage/accounts.ts'
import type { Tx } from '#storage/database.ts'
import { forgetPerson } from '#storage/intake/forget-person.ts'
import { createDraftWithConsent } from '#storage/intake/intake.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { personIdOf } from '#storage/pushes/push-reach.ts'
import type { Sealer } from '#storage/seal.ts'
import { type Answers, questionnaireVersion } from './answers.ts'
import { addressOfApplicant } from './walk.ts'

type Start = {
  account: string
  /** The known person; a new id is created otherwise. */
  personId?: string | undefined
  language: Language
  answers: Answers
  text: TappedText
  /** The card on which it was agreed to: two taps on one card are one consent. Undefined if it is not known. */
  card: string | undefined
  now: Date
}

/**
 * Stores the first data about a family: the person, the consent to the processing of personal data that
 * permits it (152-ФЗ, ст. 9), and the draft. Replaces an existing draft.
 */
export const startDraft = async (
  tx: Tx,
  { sealer, region, enqueue }: { sealer: Sealer; region: Region; enqueue: Enqueue },
  { account, personId = newId(), language, answers, text, card, now }: Start,
): Promise<void> => {
  const own = await sealerOf(tx, sealer, { person: personId })
  const concealed = concealAccount(sealer, personId, account, own)
  const isNew = await createDraftWithConsent(tx, {
    personId,
    ...concealed,
    language,
    address: addressOfApplicant(answers),
    version: questionnaireVersion,
    region: region.code,
    answers: own.sealJson(answers, `drafts.answers.${personId}`),
    consent: {
      kind: text.kind,
      version: text.version,
      textHash: text.hash,
      language,
      id: consentIdOf(concealed.account, text, card),
    },
    now,
  })
  // Two taps, or one that was repeated after a crash, are one consent.
  if (!isNew) return
  const data = { kind: text.kind, version: text.version }
  await announce(tx, { enqueue }, { type: 'consent.given', now, requestId: null, data })
}

/**
 * Deletes the draft. If the person never submitted a request and is not staff, everything else about them is
 * deleted as well, because no purpose for keeping it is left. This withdraws the consent that permitted the
 * draft.
 */
export const forgetApplicant = async (
  tx: Tx,
  { sealer, enqueue }: { sealer: Sealer; enqueue: Enqueue },
  { account, now }: { account: string; now: Date },
): Promise<void> => {
  const personId = await personIdOf(tx, sealer, account)
  if (personId === null || !(await forgetPerson(tx, personId))) return
  const data = { kind: 'personal-data' as const }
  await announce(tx, { enqueue }, { type: 'consent.withdrawn', now, requestId: null, data })
}
