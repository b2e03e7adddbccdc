import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { cleanText } from '#core/words.ts'
import { decideAccountForStaff } from '#features/families/account-for-staff.ts'
import { familyForStaff, inviteForStaff, type Invitee } from '#features/families/caseload.ts'
import { safetyKinds } from '#features/families/safety-facts.ts'
import { addFactForStaff, endFactForStaff } from '#features/families/safety-for-staff.ts'
import { accountDecisions, confirmedHow } from '#storage/families/account-changes.ts'
import { type MemberRole, memberRoles } from '#storage/families/family-members.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { type Console, form } from '../routes.ts'
import { sealInvitation } from './invitation.ts'

const params = z.object({ id: z.uuid() })
const reason = z
  .string()
  .transform(cleanText)
  .pipe(z.string().max(500))
  .transform((text) => text || undefined)
  .optional()

/** Names and contacts that are asked for, safety facts, invitations, and whose account it is. */
export const registerPeopleForms = (console: Console): void => {
  const { deps } = console

  form(
    console,
    '/console/families/:id/people',
    { for: staffRoles, params, fields: z.object({ show: z.enum(['names', 'reach']) }) },
    async (tx, { staff, now, params: { id: familyId }, fields: { show } }) => {
      await familyForStaff(tx, { staff, familyId, now })
      return { to: `/console/families/${familyId}/people?${show}=1${show === 'reach' ? '#reach' : ''}` }
    },
  )

  form(
    console,
    '/console/families/:id/safety',
    { for: staffRoles, params, fields: z.object({ member: z.uuid(), kind: z.enum(safetyKinds) }) },
    async (tx, { staff, now, params: { id: familyId }, fields: { member: memberId, kind } }) => {
      await addFactForStaff(tx, deps, { staff, familyId, memberId, kind, now })
      return { to: `/console/families/${familyId}/people`, done: 'factAdded' }
    },
  )

  form(
    console,
    '/console/families/:id/safety/:fact/end',
    { for: staffRoles, params: z.object({ id: z.uuid(), fact: z.uuid() }) },
    async (tx, { staff, now, params: { id: familyId, fact: factId } }) => {
      await endFactForStaff(tx, deps, { staff, familyId, factId, now })
      return { to: `/console/families/${familyId}/people`, done: 'factEnded' }
    },
  )

  const invited = z.object({
    member: z.uuid().optional(),
    role: z.enum(memberRoles).optional(),
    name: z.string().transform(cleanText).pipe(z.string().min(1).max(100)).optional(),
    reason,
  })
  form(
    console,
    '/console/families/:id/invite',
    { for: staffRoles, params, fields: invited },
    async (tx, { staff, session, now, params: { id: familyId }, fields }) => {
      await familyForStaff(tx, { staff, familyId, now })
      const invited = inviteeOf(fields)
      if (!invited) throw new DomainError('invalid-input')
      const asked = { staff, familyId, botUsername: deps.botUsername(), invited, now }
      const why = fields.reason === undefined ? {} : { reason: fields.reason }
      const made = await inviteForStaff(tx, deps, { ...asked, ...why })
      const base = `/console/families/${familyId}`
      // The member has been added, and the page asks why they are let in all the same.
      if ('reasonFor' in made) return { to: `${base}/invitation?for=${made.reasonFor}` }
      const { link, expiresAt, member } = made
      return {
        to: `${base}/invitation?made=${sealInvitation(deps.sealer, session, { link, expiresAt, member })}`,
      }
    },
  )

  form(
    console,
    '/console/families/:id/members/:member',
    {
      for: staffRoles,
      params: z.object({ id: z.uuid(), member: z.uuid() }),
      fields: z.object({ decision: z.enum(accountDecisions), how: z.enum(confirmedHow) }),
    },
    async (tx, { staff, now, params: { id, member: memberId }, fields }) => {
      await decideAccountForStaff(tx, deps, { staff, memberId, ...fields, now })
      return { to: `/console/families/${id}/people`, done: `account-${fields.decision}` }
    },
  )
}

type Given = { member?: string | undefined; role?: MemberRole | undefined; name?: string | undefined }

const inviteeOf = ({ member, role, name }: Given): Invitee | null => {
  if (member !== undefined) return { memberId: member }
  return role === undefined || name === undefined ? null : { role, name }
}
