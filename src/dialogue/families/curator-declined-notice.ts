import { curatorWordOf } from '#features/cases/curator-word.ts'
import { findStaff } from '#storage/staff/staff.ts'
import type { CardView } from './family-card.ts'

/** Card that a family wishes for another curator. Null if it has one by now, or has changed its mind. */
const declinedCard: CardView = async ({ database }, { say, link }, { family, staff, subjectId }) => {
  const curator = family.curatorId === null ? null : await findStaff(database, family.curatorId)
  if (!curator || (await curatorWordOf(database, family)) !== 'declined') return null
  return {
    screen: 'family-card.curator-declined',
    html: say.t('ourCurator.staff.declined', { number: family.number, name: curator.name }),
    rows: [
      [link(say.label('ourCurator.staff.thread'), 'thread', subjectId)],
      ...(staff.role === 'supervisor'
        ? [[link(say.label('handing.curatorButton'), 'f-give', family.id)]]
        : []),
    ],
  }
}

export const curatorDeclinedCards = { 'curator-declined': declinedCard }
