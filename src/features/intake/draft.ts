import type { Address, Language } from '#core/text.ts'
import type { ConsentText } from '#features/consents/texts.ts'
import type { Region } from '#regions/schema.ts'
import { addConsent } from '#storage/consents.ts'
import type { Tx } from '#storage/database.ts'
import { createDraft, deleteDraft } from '#storage/drafts.ts'
import { forgetPerson } from '#storage/forget.ts'
import { createPerson, setAddress } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { type Answers, questionnaireVersion } from './answers.ts'
import { addressOf } from './walk.ts'

type Start = { account: string; language: Language; answers: Answers; text: ConsentText; now: Date }

/**
 * The first thing that is ever stored of a family: the person, the consent to the processing of personal
 * data that allows it (152-ФЗ, ст. 9), and the draft. A draft that stood before is replaced.
 */
export const startDraft = async (
  tx: Tx,
  { sealer, region }: { sealer: Sealer; region: Region },
  { account, language, answers, text, now }: Start,
): Promise<void> => {
  const address: Address = addressOf(answers)
  const person = await createPerson(tx, { account, language, address })
  await addConsent(tx, {
    personId: person.id,
    kind: text.kind,
    version: text.version,
    textHash: text.hash,
    language,
    givenAt: now,
  })
  if (person.address !== address) await setAddress(tx, person.id, address)
  await deleteDraft(tx, person.id)
  await createDraft(tx, {
    personId: person.id,
    version: questionnaireVersion,
    region: region.code,
    answers: sealer.sealJson(answers, `drafts.answers.${person.id}`),
    now,
  })
}

/**
 * Deletes the draft; and where no request was ever submitted and the person is not staff, everything else
 * that is kept of them, for there is no purpose left to keep it for.
 */
export const forget = (tx: Tx, account: string): Promise<void> => forgetPerson(tx, account)
