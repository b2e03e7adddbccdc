import { newId } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import type { ConsentText } from '#features/consents/texts.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { forgetPerson } from '#storage/forget.ts'
import { keepFirstAnswers } from '#storage/intake.ts'
import type { Sealer } from '#storage/seal.ts'
import { type Answers, questionnaireVersion } from './answers.ts'
import { addressOf } from './walk.ts'

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
export const startDraft = (
  tx: Tx,
  { sealer, region }: { sealer: Sealer; region: Region },
  { account, personId = newId(), language, answers, text, now }: Start,
): Promise<void> =>
  keepFirstAnswers(tx, {
    personId,
    account,
    language,
    address: addressOf(answers),
    version: questionnaireVersion,
    region: region.code,
    answers: sealer.sealJson(answers, `drafts.answers.${personId}`),
    consent: { kind: text.kind, version: text.version, textHash: text.hash, language },
    now,
  })

/**
 * Deletes the draft; and where no request was ever submitted and the person is not staff, everything else
 * that is kept of them, for there is no purpose left to keep it for.
 */
export const forget = (tx: Tx, account: string): Promise<void> => forgetPerson(tx, account)
