import type { Button, View } from '#dialogue/view.ts'
import type { AccountState } from '#features/families/account-changes.ts'
import type { Family } from '#storage/families/families.ts'
import type { Member, MemberRole } from '#storage/families/family-members.ts'
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

export type AboutAccount = Omit<AboutMember, 'role'> & { member: Pick<Member, 'id' | 'role'> }

/**
 * A member has joined from another account, or from a first one after having signed or told something without it; only the role is
 * named. The sender of the link knows whether that is right.
 */
export const accountView = (builder: CardBuilder, facts: AboutAccount & { signed: boolean }): View => ({
  screen: 'family-card.account',
  html: builder.say.t(facts.signed ? 'unreachable.signed' : 'unreachable.account', valuesOf(builder, facts)),
  rows: rowsOf(builder, facts),
})

/** The account before says that it was not them. */
export const disputedView = (builder: CardBuilder, facts: AboutAccount & { state: AccountState }): View => ({
  screen: 'family-card.account-disputed',
  html: builder.say.t(
    facts.state === 'paused' ? 'unreachable.disputed' : 'unreachable.disputedLater',
    valuesOf(builder, facts),
  ),
  rows: rowsOf(builder, facts),
})

const valuesOf = ({ say }: CardBuilder, { family, member }: AboutAccount) => ({
  number: family.number,
  role: say.label(`unreachable.roles.${member.role}`),
})

const rowsOf = ({ say, link }: CardBuilder, { family, member, open }: AboutAccount): Button[][] =>
  open
    ? [
        [link(say.label('account.staff.open'), 'f-account', member.id)],
        [link(say.label('unreachable.open'), 'f-card', family.id)],
      ]
    : []
