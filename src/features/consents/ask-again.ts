import type { Address } from '#core/text.ts'
import { type Consent, consentsOf } from '#storage/consents/consents.ts'
import type { Reader } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Consents } from './consent-texts.ts'

// A new version of a text is asked for at the next visit of the bot. The consent to the old one stands until it is answered.

const address = ({ families, person }: Snapshot): Address =>
  families.some(({ role }) => role === 'minor') ? 'minor' : families.length > 0 ? 'adult' : person.address

/** Of the standing consents to the processing of personal data, the one to the latest version; null: there is none. */
const latestOf = (consents: readonly Consent[]): Consent | null =>
  consents
    .filter(({ kind, withdrawnAt }) => kind === 'personal-data' && withdrawnAt === null)
    .toSorted((a, b) => a.version.localeCompare(b.version))
    .at(-1) ?? null

/** The text to ask for; null if the person has agreed to it, or has nothing in force. */
export const textToAskAgain = async (
  reader: Reader,
  consents: Consents,
  who: Snapshot | null,
): Promise<ReturnType<Consents['text']> | null> => {
  if (!who) return null
  const latest = latestOf(await consentsOf(reader, who.person.id))
  const text = consents.text('personal-data', who.person.language, address(who))
  return latest && latest.version < text.version ? text : null
}
