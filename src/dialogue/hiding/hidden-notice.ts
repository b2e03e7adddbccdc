import { paragraphs } from '#dialogue/card-builder.ts'
import type { CardView } from '#dialogue/families/family-card.ts'
import { staffRights } from '#features/families/family-access.ts'
import { findMember } from '#storage/families/family-members.ts'
import { isHidden } from '#storage/hiding/hidden-chats.ts'

/** Card for a member who has hidden the chat: what their silence means, and what is not to be done. Null if they are back. */
const hiddenCard: CardView = async ({ database, clock }, { say, link }, { family, staff, subjectId }) => {
  const member = await findMember(database, subjectId)
  if (!member?.personId || !(await isHidden(database, member.personId))) return null
  const open = (await staffRights(database, staff, family, { now: clock.now() })).has('card')
  const values = { number: family.number, role: say.label(`unreachable.roles.${member.role}`) }
  return {
    screen: 'family-card.hidden',
    html: paragraphs(say.t('hide.staff.text', values), member.role === 'minor' && say.t('hide.staff.minor')),
    rows: open ? [[link(say.label('unreachable.open'), 'f-card', family.id)]] : [],
  }
}

/** Words of danger came out of a hidden chat. Whoever wrote them may not be the member. */
const alarmCard: CardView = async ({ database, clock }, { say, link }, { family, staff, subjectId }) => {
  const member = await findMember(database, subjectId)
  if (!member) return null
  const open = (await staffRights(database, staff, family, { now: clock.now() })).has('card')
  const values = { number: family.number, role: say.label(`unreachable.roles.${member.role}`) }
  return {
    screen: 'family-card.hidden-alarm',
    html: say.t('hide.staff.alarm', values),
    rows: open ? [[link(say.label('unreachable.open'), 'f-card', family.id)]] : [],
  }
}

export const hiddenCards = { hidden: hiddenCard, 'hidden-alarm': alarmCard }
