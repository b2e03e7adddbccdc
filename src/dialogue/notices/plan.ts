import type { FamilyCard } from '#features/families/cards.ts'
import type { CardView } from './family-card.ts'

/** Nothing of the plan, and no word of a member's, stands on a card: that is behind its button, and audited. */
const aboutActivity =
  (screen: string, text: 'staffPlan.question' | 'staffPlan.mismatch'): CardView =>
  async (_, { say, link }, { family, subjectId }) => ({
    screen,
    html: say.t(text, { number: family.number }),
    rows: [
      [link(say.label('staffPlan.see'), 'f-said', subjectId)],
      [link(say.label('staffPlan.plan'), 'f-plan', family.id)],
    ],
  })

export const planCards = {
  'activity-question': aboutActivity('f-question', 'staffPlan.question'),
  'activity-mismatch': aboutActivity('f-mismatch', 'staffPlan.mismatch'),
} as const satisfies Partial<Record<FamilyCard, CardView>>
