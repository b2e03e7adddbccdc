import { newId } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import type { ConsentText } from '#features/consents/consent-text.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { forgetPerson } from '#storage/intake/forget-person.ts'
import { createDraftWithConsent } from '#storage/intake/intake.ts'
import type { Sealer } from '#storage/seal.ts'
import { type Answers, questionnaireVersion } from './answers.ts'
import { addressOfApplicant } from './walk.ts'

type Start = {
  account: string
  /** Who is known already; a new id is made otherwise. */
  personId?: string | undefined
  language: Language
  answers: Answers
  text: ConsentText
  now: Date
}

/**
 * The first thing that is ever stored of a family: the person, the consent to the processing of personal
 * data that allows it (152-ФЗ, ст. 9), and the draft. A draft that stood before is replaced.
 */
export const startDraft = async (
  tx: Tx,
  { sealer, region, enqueue }: { sealer: Sealer; region: Region; enqueue: Enqueue },
  { account, personId = newId(), language, answers, text, now }: Start,
): Promise<void> => {
  await createDraftWithConsent(tx, {
    personId,
    account,
    language,
    address: addressOfApplicant(answers),
    version: questionnaireVersion,
    region: region.code,
    answers: sealer.sealJson(answers, `drafts.answers.${personId}`),
    consent: { kind: text.kind, version: text.version, textHash: text.hash, language },
    now,
  })
  const data = { kind: text.kind, version: text.version }
  await announce(tx, { enqueue }, { type: 'consent.given', now, requestId: null, data })
}

/**
 * Deletes the draft; and where no request was ever submitted and the person is not staff, everything else
 * that is kept of them, for there is no purpose left to keep it for. The consent that allowed the draft is withdrawn
 * by that.
 */
export const forgetApplicant = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { account, now }: { account: string; now: Date },
): Promise<void> => {
  if (!(await forgetPerson(tx, account))) return
  const data = { kind: 'personal-data' as const }
  await announce(tx, { enqueue }, { type: 'consent.withdrawn', now, requestId: null, data })
}
