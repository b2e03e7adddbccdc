import { unreachableView } from '#dialogue/views/staff/unreachable.ts'
import { findMember } from '#storage/family-members.ts'
import { isUnreachable } from '#storage/push-reach.ts'
import type { CardView } from './family-card.ts'

/** Somebody of the family cannot be written to; nothing where they are back, or were removed, meanwhile. */
const unreachableCard: CardView = async ({ database }, pen, { family, subjectId }) => {
  const member = await findMember(database, subjectId)
  if (!member?.personId || !(await isUnreachable(database, member.personId))) return null
  return unreachableView(pen, { number: family.number, role: member.role })
}

export const unreachableCards = { unreachable: unreachableCard }
