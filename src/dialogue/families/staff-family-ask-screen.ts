import { z } from 'zod'
import { defineScreen } from '#dialogue/screen.ts'
import { askFamilyBySurvey, surveysToAsk } from '#features/surveys/ask-family.ts'
import { ofFamily } from './family-link.ts'
import { askFamilyView } from './staff-family-ask-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-ask': z.infer<typeof familyAskState>
  }
  interface Links {
    'f-ask': 'family-ask'
  }
}

const familyAskState = z.object({ familyId: z.uuid() })

/** A supervisor invites a family to a survey. */
export const familyAskScreen = defineScreen({
  name: 'family-ask',
  state: familyAskState,
  aside: true,
  links: { 'f-ask': ofFamily((familyId) => ({ name: 'family-ask', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async ({ deps, who, now, builder }, { familyId }) => {
    const { family, surveys } = await surveysToAsk(deps.database, { staff: who?.staff, familyId, now })
    return askFamilyView(builder, { number: family.number, surveys })
  },
  tap: async (turn, { familyId }, tap) => {
    if (tap.action === 'back') return { to: { name: 'family-case', familyId } }
    if (tap.action !== 'set') return null
    const { deps, who, now, say } = turn
    const asked = { staff: who?.staff, familyId, code: tap.arg, now }
    const came = await turn.once((tx) => askFamilyBySurvey(tx, deps, asked))
    return { to: { name: 'family-case', familyId }, toast: say.label(`caseload.ask.${came}`) }
  },
})
