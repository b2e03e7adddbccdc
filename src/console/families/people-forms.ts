import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { cleanText } from '#core/words.ts'
import { decideAccountForStaff } from '#features/families/account-for-staff.ts'
import { familyForStaff, type Invitee, inviteForStaff } from '#features/families/caseload.ts'
import { safetyKinds } from '#features/families/safety-facts.ts'
import { addFactForStaff, endFactForStaff } from '#features/families/safety-for-staff.ts'
import { accountDecisions, confirmedHow } from '#storage/families/account-changes.ts'
import { type MemberRole, memberRoles } from '#storage/families/family-members.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import type { Console } from '../routes.ts'
import { sealInvitation } from './invitation.ts'
import { familyForm } from './of-family.ts'

const reason = z
  .string()
  .transform(cleanText)
  .pipe(z.string().max(500))
  .transform((text) => text || undefined)
  .optional()

/** Names and contacts that are asked for, safety facts, invitations, and whose account it is. */
export const registerPeopleForms = (console: Console): void => {
  const { deps } = console

  familyForm(
    console,
    '/people',
    { for: staffRoles, fields: z.object({ show: z.enum(['names', 'reach']) }) },
    async (tx, { fields: { show } }, of) => {
      await familyForStaff(tx, of)
      return { to: `/console/families/${of.familyId}/people?${show}=1${show === 'reach' ? '#reach' : ''}` }
    },
  )

  familyForm(
    console,
    '/safety',
    { for: staffRoles, fields: z.object({ member: z.uuid(), kind: z.enum(safetyKinds) }) },
    async (tx, { fields: { member: memberId, kind } }, of) => {
      await addFactForStaff(tx, deps, { ...of, memberId, kind })
      return { to: `/console/families/${of.familyId}/people`, done: 'factAdded' }
    },
  )

  familyForm(
    console,
    '/safety/:fact/end',
    { for: staffRoles, params: z.object({ id: z.uuid(), fact: z.uuid() }) },
    async (tx, { params: { fact: factId } }, of) => {
      await endFactForStaff(tx, deps, { ...of, factId })
      return { to: `/console/families/${of.familyId}/people`, done: 'factEnded' }
    },
  )

  const invited = z.object({
    member: z.uuid().optional(),
    role: z.enum(memberRoles).optional(),
    name: z.string().transform(cleanText).pipe(z.string().min(1).max(100)).optional(),
    reason,
  })
  familyForm(
    console,
    '/invite',
    { for: staffRoles, fields: invited },
    async (tx, { session, fields }, of) => {
      await familyForStaff(tx, of)
      const invited = inviteeOf(fields)
      if (!invited) throw new DomainError('invalid-input')
      const asked = { ...of, botUsername: deps.botUsername(), invited }
      const why = fields.reason === undefined ? {} : { reason: fields.reason }
      const made = await inviteForStaff(tx, deps, { ...asked, ...why })
      const base = `/console/families/${of.familyId}`
      // The member has been added, and the page asks why they are let in all the same.
      if ('reasonFor' in made) return { to: `${base}/invitation?for=${made.reasonFor}` }
      const { link, expiresAt, member } = made
      return {
        to: `${base}/invitation?made=${sealInvitation(deps.sealer, session, { link, expiresAt, member })}`,
      }
    },
  )

  familyForm(
    console,
    '/members/:member',
    {
      for: staffRoles,
      params: z.object({ id: z.uuid(), member: z.uuid() }),
      fields: z.object({ decision: z.enum(accountDecisions), how: z.enum(confirmedHow) }),
    },
    async (tx, { params: { member: memberId }, fields }, of) => {
      await decideAccountForStaff(tx, deps, { ...of, memberId, ...fields })
      return { to: `/console/families/${of.familyId}/people`, done: `account-${fields.decision}` }
    },
  )
}

type Given = { member?: string | undefined; role?: MemberRole | undefined; name?: string | undefined }

const inviteeOf = ({ member, role, name }: Given): Invitee | null => {
  if (member !== undefined) return { memberId: member }
  return role === undefined || name === undefined ? null : { role, name }
}
