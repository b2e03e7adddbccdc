import { staffRights } from '#features/families/family-access.ts'
import { safetyFactsInForce } from '#features/families/safety-facts.ts'
import { findMember } from '#storage/families/family-members.ts'
import type { CardView } from './family-card.ts'
import { worseView } from './staff-look-view.ts'
import { urges } from './staff-reach-view.ts'

/** Card that a family is worse after the end of support. Null if it is under support again. */
const worseCard: CardView = async ({ database, sealer, clock }, builder, { family, staff, subjectId }) => {
  if (family.status !== 'closed') return null
  const now = clock.now()
  const member = subjectId === '' ? null : await findMember(database, subjectId)
  const safety = await safetyFactsInForce(database, { sealer }, { familyId: family.id, now })
  const open = (await staffRights(database, staff, family, { now })).has('card')
  const { id, role } = member ?? {}
  return worseView(builder, {
    family,
    member: id && role ? { id, role, urges: urges(safety, { id, role }) } : null,
    open,
  })
}

export const afterWorseCards = { 'after-worse': worseCard }
