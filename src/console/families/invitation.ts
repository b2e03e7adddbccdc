import { z } from 'zod'
import type { Sealer } from '#storage/seal.ts'
import type { Member } from '#storage/families/family-members.ts'
import type { ConsoleSession } from '#storage/console/console-access.ts'

// A one-time link is known to nobody but the page that made it: the database has its hash. It travels to the next page sealed for this
// session, so that neither the address nor what is kept of the form opens anything for anybody else.

const invitationSchema = z.object({
  link: z.string(),
  expiresAt: z.coerce.date(),
  memberId: z.uuid(),
  role: z.enum(['parent', 'representative', 'minor']),
})
export type MadeInvitation = z.infer<typeof invitationSchema>

const placeOf = ({ id }: Pick<ConsoleSession, 'id'>): string => `console.invitation.${id}`

export const sealInvitation = (
  sealer: Sealer,
  session: Pick<ConsoleSession, 'id'>,
  { link, expiresAt, member }: { link: string; expiresAt: Date; member: Pick<Member, 'id' | 'role'> },
): string => {
  const made = { link, expiresAt: expiresAt.toISOString(), memberId: member.id, role: member.role }
  return encodeURIComponent(sealer.sealJson(made, placeOf(session)))
}

/** Null for what was made in another session, or by hand. */
export const openInvitation = (
  sealer: Sealer,
  session: Pick<ConsoleSession, 'id'>,
  made: string,
): MadeInvitation | null => {
  try {
    return invitationSchema.parse(sealer.openJson(made, placeOf(session)))
  } catch {
    return null
  }
}
