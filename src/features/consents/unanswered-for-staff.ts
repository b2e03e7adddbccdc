import { addresses, languages } from '#core/text.ts'
import type { Region } from '#regions/schema.ts'
import { type Unanswering, unansweringIn } from '#storage/consents/unanswered.ts'
import type { Reader } from '#storage/database.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import { type Unanswered, untilAnswered } from './ask-again.ts'
import type { Consents } from './consent-texts.ts'

export type UnansweredLine = Unanswered & Unanswering
/** The first to end first; `more`: there are others. */
export type UnansweredList = { lines: UnansweredLine[]; more: boolean }

const mostListed = 200

type Deps = { region: Region; consents: Pick<Consents, 'text'> }

/**
 * Who has not answered a new wording in the territories of a supervisor: by number and role, never by name. The earlier consent stands
 * until they do. Empty for everybody else.
 */
export const unansweredForStaff = async (
  reader: Reader,
  { region, consents }: Deps,
  { staff, now }: { staff: Pick<StaffMember, 'role' | 'territories' | 'active'>; now: Date },
): Promise<UnansweredList> => {
  if (!staff.active || staff.role !== 'supervisor') return { lines: [], more: false }
  const texts = languages.flatMap((language) =>
    addresses.map((address) => ({ address, ...consents.text('personal-data', language, address) })),
  )
  const { territories } = staff
  const found = await unansweringIn(reader, { territories, wordings: texts, limit: mostListed + 1 })
  if (found.length === 0) return { lines: [], more: false }
  const terms = new Map<string, Unanswered>()
  for (const text of texts)
    terms.set(keyOf(text), await untilAnswered(reader, { text, calendar: region, now }))
  const lines = found.slice(0, mostListed).flatMap((one) => {
    const term = terms.get(keyOf(one))
    return term ? [{ ...one, ...term }] : []
  })
  const byTerm = lines.toSorted((a, b) => a.until.localeCompare(b.until))
  return { lines: byTerm, more: found.length > mostListed }
}

const keyOf = ({ language, address }: Pick<Unanswering, 'language' | 'address'>): string =>
  `${language}/${address}`
