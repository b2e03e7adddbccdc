import type { View } from '#dialogue/view.ts'
import type { Family } from '#storage/families/families.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import type { CardBuilder } from '../card-builder.ts'

export type AboutMember = {
  family: Pick<Family, 'id' | 'number' | 'status'>
  role: MemberRole
  /** Whether the reader may open the family; a stand-in may not. */
  open: boolean
}

/** A member can no longer be reached: their role, and what can be done. */
export const unreachableView = ({ say, link }: CardBuilder, { family, role, open }: AboutMember): View => ({
  screen: 'family-card.unreachable',
  html: say.t('unreachable.text', { number: family.number, role: say.label(`unreachable.roles.${role}`) }),
  rows:
    open && family.status === 'active' ? [[link(say.label('caseload.invite'), 'f-invite', family.id)]] : [],
})

/** A member has joined from another account; only the role is named. The sender of the link knows whether that is right. */
export const accountView = ({ say, link }: CardBuilder, { family, role, open }: AboutMember): View => ({
  screen: 'family-card.account',
  html: say.t('unreachable.account', { number: family.number, role: say.label(`unreachable.roles.${role}`) }),
  rows: open ? [[link(say.label('unreachable.open'), 'f-card', family.id)]] : [],
})
