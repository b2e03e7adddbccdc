import type { CardView } from '#dialogue/families/family-card.ts'
import { canReadMessages } from '#features/messages/messages-for-staff.ts'
import { findLastAsker } from '#features/plan/plan-for-staff.ts'
import type { FamilyCard } from '#queue/family-cards.ts'

/** A card holds nothing of the plan and no word of a member: that is behind its button, where access is audited. */
const aboutActivity =
  (screen: string, text: 'staffPlan.question' | 'staffPlan.mismatch'): CardView =>
  async ({ database, clock }, { say, link }, { family, staff, subjectId }) => {
    const card = { screen, html: say.t(text, { number: family.number }) }
    // A stand-in may not read it.
    if (!(await canReadMessages(database, staff, family, clock.now()))) return { ...card, rows: [] }
    const about = { familyId: family.id, activityId: subjectId }
    const memberId = screen === 'f-question' ? await findLastAsker(database, about) : null
    return {
      ...card,
      rows: [
        ...(memberId ? [[link(say.label('talk.answer'), 'thread', memberId)]] : []),
        [link(say.label('staffPlan.see'), 'f-said', subjectId)],
        [link(say.label('staffPlan.plan'), 'f-plan', family.id)],
      ],
    }
  }

/** Who cannot read it is told that it is there. */
const proposed: CardView = async ({ database, clock }, { say, link }, { family, staff }) => ({
  screen: 'f-proposed',
  html: say.t('proposals.staff.card', { number: family.number }),
  rows: (await canReadMessages(database, staff, family, clock.now()))
    ? [[link(say.label('proposals.staff.button'), 'f-proposals', family.id)]]
    : [],
})

export const planCards = {
  'activity-question': aboutActivity('f-question', 'staffPlan.question'),
  'activity-mismatch': aboutActivity('f-mismatch', 'staffPlan.mismatch'),
  'plan-proposal': proposed,
} as const satisfies Partial<Record<FamilyCard, CardView>>
