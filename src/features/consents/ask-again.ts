import type { Address, Language } from '#core/text.ts'
import { dueDate } from '#features/deadlines/deadlines.ts'
import type { Calendar } from '#regions/days-off.ts'
import { archivedTexts } from '#storage/consents/consent-archive.ts'
import { type Consent, consentsOf } from '#storage/consents/consents.ts'
import type { Reader } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import type { TappedText } from './consent-text.ts'
import type { Consents } from './consent-texts.ts'

// A new version of a text is asked for at the next visit of the bot. The consent to the old one stands until it is answered; staff see
// until when it should be.

/** The product's own figure: after it staff ask, or bring the paper. Nothing ends by itself. */
const answerWithin = { days: 30, dayKind: 'calendar' } as const

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
): Promise<TappedText | null> => {
  if (!who) return null
  const latest = latestOf(await consentsOf(reader, who.person.id))
  const text = consents.text('personal-data', who.person.language, address(who))
  return latest && latest.version < text.version ? text : null
}

/** A new text that somebody has not answered. */
export type Unanswered = {
  /** ISO day of the new version. */
  version: string
  /** ISO; when staff should have an answer. */
  until: string
  overdue: boolean
}

/** What somebody was asked anew and has not answered, by their consents; null: nothing. Whoever signs on paper is asked by staff. */
export const unansweredOf = async (
  reader: Reader,
  { consents, calendar }: { consents: Pick<Consents, 'text'>; calendar: Calendar },
  { given, language, address, now }: { given: readonly Consent[] } & AsReader & { now: Date },
): Promise<Unanswered | null> => {
  const latest = latestOf(given)
  const text = consents.text('personal-data', language, address)
  if (!latest || latest.version >= text.version) return null
  return untilAnswered(reader, { text, calendar, now })
}

/** Until when staff should have an answer to this text. */
export const untilAnswered = async (
  reader: Reader,
  { text, calendar, now }: { text: Pick<TappedText, 'version' | 'hash'>; calendar: Calendar; now: Date },
): Promise<Unanswered> => {
  // The centre has had it since then, whatever day stands in it.
  const since = (await archivedTexts(reader, [text.hash])).get(text.hash)?.at ?? now
  const until = dueDate(answerWithin, since, calendar)
  return { version: text.version, until: until.date.toString(), overdue: until.instant < now }
}

type AsReader = { language: Language; address: Address }
