import type { z } from 'zod'
import { newId } from '#core/ids.ts'
import { contactSchema } from '#features/requests/request-content.ts'
import { markForSearch } from '#features/worklist/mark-for-search.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { insertMember, type Member, type MemberRole } from '#storage/families/family-members.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Sealer } from '#storage/seal.ts'
import { mustBeActive } from './active.ts'

// What staff write down of a member: sealed.

export const sealName = (sealer: Sealer, id: string, name: string): string =>
  sealer.seal(name, `family_members.name.${id}`)

/** How staff reach somebody, beside what they said themselves. */
export const memberContactSchema = contactSchema.pick({ phone: true, address: true })
export type MemberContact = z.infer<typeof memberContactSchema>

export const memberContactOf = (
  sealer: Sealer,
  { id, contact }: Pick<Member, 'id' | 'contact'>,
): MemberContact =>
  contact === null ? {} : memberContactSchema.parse(sealer.openJson(contact, contactAt(id), {}))

/** Null: there is none. */
export const sealContact = (sealer: Sealer, id: string, contact: MemberContact): string | null =>
  Object.keys(contact).length === 0 ? null : sealer.sealJson(contact, contactAt(id))

const contactAt = (id: string) => `family_members.contact.${id}`

/** Adds a member, who has no account until they join. Throws `already-closed`. */
export const addMember = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  {
    family,
    role,
    name,
    contact = {},
    now,
  }: { family: Family; role: MemberRole; name: string; contact?: MemberContact; now: Date },
): Promise<Member> => {
  mustBeActive(family)
  const id = newId()
  const own = await sealerOf(tx, sealer, { member: id })
  const sealed = { name: sealName(own, id, name), contact: sealContact(own, id, contact) }
  const member = await insertMember(tx, { id, familyId: family.id, role, ...sealed, addedAt: now })
  await markForSearch(tx, sealer, { memberId: id }, { name, ...contact })
  return member
}
