import { nameWords, phoneDigits } from '#features/worklist/search-terms.ts'
import type { Reader } from '#storage/database.ts'
import { type MergedWord, wordsMergedInto } from '#storage/requests/duplicates.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { type Contact, openContact } from './request-content.ts'

type Kept = Pick<Request, 'id' | 'personId' | 'applicant' | 'contact'>

/**
 * What whoever made a request said of contact in those that were merged into it: from the same account, or at the desk, where a call
 * or a letter has an account of its own. What another adult or an outsider said is nothing that the applicant has said.
 */
export const saidByApplicant = async (reader: Reader, sealer: Sealer, kept: Kept): Promise<MergedWord[]> => {
  const merged = await wordsMergedInto(reader, kept.id)
  if (merged.length === 0) return []
  const contact = openContact(sealer, kept)
  return merged.filter(
    (one) => one.personId === kept.personId || isSameApplicant({ ...kept, contact }, opened(sealer, one)),
  )
}

const opened = (sealer: Sealer, one: MergedWord) => ({ ...one, contact: openContact(sealer, one) })

type Applicant = Pick<Request, 'applicant'> & { contact: Contact }

/**
 * Whether an account of the desk is of whoever wrote in the bot, or the reverse. A child's request takes in no other child's. Of two
 * parents one may have called: a phone is as unsafe for whoever else is called on it, and another name on another phone is somebody
 * else. Pure.
 */
const isSameApplicant = (kept: Applicant, one: Applicant): boolean => {
  if (one.applicant === 'other-person') return false
  if (one.applicant === 'minor') return kept.applicant === 'minor'
  const [phone, other] = [kept, one].map(({ contact }) => phoneDigits(contact.phone ?? ''))
  if (phone && phone === other) return true
  if (one.applicant !== kept.applicant) return false
  return mayBeOneName(nameWords(kept.contact.name ?? ''), nameWords(one.contact.name ?? ''))
}

/** «Ольга» and «Ольга Петрова» may be; whoever gave no name may be anybody. */
const mayBeOneName = (one: readonly string[], other: readonly string[]): boolean => {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one]
  return shorter.every((word) => longer.includes(word))
}
