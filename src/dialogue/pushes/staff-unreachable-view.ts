import type { View } from '#dialogue/view.ts'
import type { Family } from '#storage/families/families.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import type { CardBuilder } from '../card-builder.ts'

export type AboutMember = {
  family: Pick<Family, 'id' | 'number' | 'status'>
  role: MemberRole
  /** Whether the reader may open the family: some only stand in for whoever is away. */
  open: boolean
}

/** A member of a family gets no messages any more: who it is by their role, and what can be done. */
export const unreachableView = ({ say, link }: CardBuilder, { family, role, open }: AboutMember): View => ({
  screen: 'family-card.unreachable',
  html: say.t('unreachable.text', { number: family.number, role: say.label(`unreachable.roles.${role}`) }),
  rows:
    open && family.status === 'active' ? [[link(say.label('caseload.invite'), 'f-invite', family.id)]] : [],
})

/** A member of a family has come by another account, by their role alone: whoever gave the link knows whether it is right. */
export const accountView = ({ say, link }: CardBuilder, { family, role, open }: AboutMember): View => ({
  screen: 'family-card.account',
  html: say.t('unreachable.account', { number: family.number, role: say.label(`unreachable.roles.${role}`) }),
  rows: open ? [[link(say.label('unreachable.open'), 'f-card', family.id)]] : [],
})
