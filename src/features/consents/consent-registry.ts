import type { Language } from '#core/text.ts'
import { archivedTexts, archiveTexts } from '#storage/consents/consent-archive.ts'
import { type Consent, type ConsentKind, consentsOf } from '#storage/consents/consents.ts'
import type { Database, Reader } from '#storage/database.ts'
import type { ConsentText } from './consent-text.ts'
import type { Consents } from './consent-texts.ts'

/** A consent as its giver has it. */
export type ConsentForPerson = {
  id: string
  kind: ConsentKind
  version: string
  textHash: string
  language: Language
  givenAt: Date
  how: Consent['how']
  /** `family`: also for the children and wards of whoever gave it (the text of adults says so). */
  forWhom: 'self' | 'family'
  signedOn: Date | null
  withdrawnAt: Date | null
}

/** Keeps the wordings of this version, so that receipts can show them when there are newer ones. */
export const keepConsentTexts = (database: Database, consents: Consents, now: Date): Promise<void> =>
  database.transaction((tx) => archiveTexts(tx, consents.all(), now))

/** A person's consents, oldest first. */
export const consentsForPerson = async (reader: Reader, personId: string): Promise<ConsentForPerson[]> => {
  const all = await consentsOf(reader, personId)
  const texts = await archivedTexts(reader, [...new Set(all.map(({ textHash }) => textHash))])
  return all.map(
    ({ id, kind, version, textHash, language, givenAt, how, signedOn, withdrawnAt, forMemberId }) => {
      const adult = texts.get(textHash)?.address === 'adult'
      // A parent who agrees to what a minor asks agrees for the minor.
      const forOthers = adult && (kind !== 'support-request' || how === 'joint')
      const forWhom = forMemberId !== null || forOthers ? 'family' : 'self'
      return { id, kind, version, textHash, language, givenAt, how, forWhom, signedOn, withdrawnAt }
    },
  )
}

/** The exact wording that was agreed to; null if it is older than the archive. */
export const agreedText = async (
  reader: Reader,
  { textHash, kind }: Pick<Consent, 'textHash' | 'kind'>,
): Promise<ConsentText | null> => {
  const text = (await archivedTexts(reader, [textHash])).get(textHash)
  return text ? { ...text, kind: kind === 'minor-agreement' ? 'support-request' : kind } : null
}
