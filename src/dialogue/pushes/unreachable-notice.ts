import type { CardView } from '#dialogue/families/family-card.ts'
import { accountState, standingAccount } from '#features/families/account-changes.ts'
import { staffRights } from '#features/families/family-access.ts'
import { findMember } from '#storage/families/family-members.ts'
import { isUnreachable } from '#storage/pushes/push-reach.ts'
import { accountView, disputedView, unreachableView } from './staff-unreachable-view.ts'

/** Card for an unreachable member. Null if they are reachable again or were removed meanwhile. */
const unreachableCard: CardView = async ({ database, clock }, builder, { family, staff, subjectId }) => {
  const member = await findMember(database, subjectId)
  if (!member?.personId || !(await isUnreachable(database, member.personId))) return null
  const open = (await staffRights(database, staff, family, { now: clock.now() })).has('card')
  return unreachableView(builder, { family, role: member.role, open })
}

/** Card for a member with a new account. Null if they were removed meanwhile. */
const accountCard: CardView = async ({ database, clock }, builder, { family, staff, subjectId }) => {
  const member = await findMember(database, subjectId)
  if (!member) return null
  const open = (await staffRights(database, staff, family, { now: clock.now() })).has('card')
  const signed = (await standingAccount(database, member)) === member.paperPersonId
  return accountView(builder, { family, member, open, signed })
}

/** Card for an account that says «Это не я». Null if the member was removed meanwhile. */
const disputedCard: CardView = async ({ database, clock }, builder, { family, staff, subjectId }) => {
  const member = await findMember(database, subjectId)
  if (!member) return null
  const open = (await staffRights(database, staff, family, { now: clock.now() })).has('card')
  return disputedView(builder, { family, member, open, state: accountState(member) })
}

export const unreachableCards = {
  unreachable: unreachableCard,
  account: accountCard,
  'account-disputed': disputedCard,
}
