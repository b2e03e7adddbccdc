import { DomainError } from '#core/errors.ts'
import type { Language } from '#core/text.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import type { FamilyMembership, Snapshot } from '#storage/people.ts'
import {
  findYouSaidWeDid,
  insertYouSaidWeDid,
  listYouSaidWeDid,
  type NewYouSaidWeDid,
  type YouSaidWeDid,
  youSaidWeDidSeenAt,
  withdrawYouSaidWeDid,
} from '#storage/surveys/you-said-we-did.ts'
import { versionsOf } from '#storage/surveys/surveys.ts'

// «Вы сказали — мы сделали»: reports the outcome of answers back to families.

/** The publisher: a supervisor in the bot or the console, or the centre's own system. */
export type Publisher = { caller: Caller } | { staffId: string; territories: readonly string[] | 'all' }

const mayPublish = (by: Publisher, territory: string | null): boolean => {
  const reached = 'caller' in by ? by.caller.territories : by.territories
  return reached === 'all' || (territory !== null && reached.includes(territory))
}

/**
 * Publishes an item; families see it at once. Throws `not-found` for an unknown survey, `invalid-input` with the
 * field for a period that ends before it begins or after today, and `not-allowed` for territories outside the
 * publisher's reach.
 */
export const publishYouSaidWeDid = async (
  tx: Tx,
  {
    item,
    by,
    timeZone,
    now,
  }: {
    item: Omit<NewYouSaidWeDid, 'publishedAt' | 'staffId' | 'apiKeyId'>
    by: Publisher
    timeZone: string
    now: Date
  },
): Promise<YouSaidWeDid> => {
  if ((await versionsOf(tx, item.surveyCode)).length === 0) throw new DomainError('not-found')
  if (item.from > item.until || item.until > dayAt(now, timeZone).toString())
    throw new DomainError('invalid-input', { field: 'until' })
  if (!mayPublish(by, item.territory)) throw new DomainError('not-allowed')
  const whose =
    'caller' in by ? { staffId: null, apiKeyId: by.caller.keyId } : { staffId: by.staffId, apiKeyId: null }
  const kept = await insertYouSaidWeDid(tx, { ...item, ...whose, publishedAt: now })
  await audit(tx, by, kept.id, now)
  return kept
}

/** Withdraws an item. Throws `not-found` for an unknown item, or one outside the caller's territories. */
export const retractYouSaidWeDid = async (
  tx: Tx,
  { id, by, now }: { id: string; by: Publisher; now: Date },
): Promise<void> => {
  const item = await findYouSaidWeDid(tx, id)
  if (!item || !mayPublish(by, item.territory) || !(await withdrawYouSaidWeDid(tx, id, now)))
    throw new DomainError('not-found')
  await audit(tx, by, id, now)
}

const audit = (tx: Tx, by: Publisher, subjectId: string, now: Date): Promise<void> =>
  addAudit(tx, {
    at: now,
    action: 'surveys.changed',
    subjectId,
    ...('caller' in by ? { apiKeyId: by.caller.keyId } : { staffId: by.staffId }),
  })

/** An item in the reader's language; Russian if there is no English. */
export const localizedYouSaidWeDid = (
  { said, done, saidEn, doneEn }: YouSaidWeDid,
  language: Language,
): { said: string; done: string } =>
  language === 'en' && saidEn !== null && doneEn !== null ? { said: saidEn, done: doneEn } : { said, done }

const pageSize = 3

export type YouSaidWeDidForMember = {
  items: YouSaidWeDid[]
  /** When the member last opened the list; later items are new. */
  seenAt: Date | null
  page: number
  more: boolean
}

/** A page of the items for a member's family, newest first. Throws `not-found` for a person without a family. */
export const youSaidWeDidForMember = async (
  reader: Reader,
  who: Snapshot | null,
  { familyId, page }: { familyId: string | undefined; page: number },
): Promise<YouSaidWeDidForMember> => {
  const family = familyForMember(who, familyId)
  const limit = (page + 1) * pageSize + 1
  const found = await standing(reader, family, limit)
  return {
    items: found.slice(page * pageSize, limit - 1),
    seenAt: who ? await youSaidWeDidSeenAt(reader, who.person.id) : null,
    page,
    more: found.length === limit,
  }
}

/** Whether a family has any items, and any newer than the member's last visit to the list. */
export const youSaidWeDidNews = async (
  reader: Reader,
  { personId, family }: { personId: string; family: Pick<FamilyMembership, 'id'> },
): Promise<'none' | 'seen' | 'new'> => {
  const [newest] = await standing(reader, family, 1)
  if (!newest) return 'none'
  const seenAt = await youSaidWeDidSeenAt(reader, personId)
  return seenAt !== null && newest.publishedAt <= seenAt ? 'seen' : 'new'
}

const standing = async (
  reader: Reader,
  { id }: Pick<FamilyMembership, 'id'>,
  limit: number,
): Promise<YouSaidWeDid[]> => {
  const family = await findFamily(reader, id)
  return family ? listYouSaidWeDid(reader, { territories: [family.territory], limit }) : []
}
