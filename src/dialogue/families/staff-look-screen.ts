import { z } from 'zod'
import { defineScreen } from '#dialogue/screen.ts'
import { noteOwnLook } from '#features/cases/after-look.ts'
import { lookAnswers } from '#features/cases/case-steps.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import { ofFamily } from './family-link.ts'
import { readSafety } from './read-safety.ts'
import { familyLookView } from './staff-look-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-look': z.infer<typeof lookState>
  }
  interface Links {
    'f-look': 'family-look'
  }
}

const lookState = z.object({ familyId: z.uuid() })

/** After the end of support: records what the family said on the phone. */
export const familyLookScreen = defineScreen({
  name: 'family-look',
  state: lookState,
  aside: true,
  links: { 'f-look': ofFamily((familyId) => ({ name: 'family-look', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async (turn, { familyId }) => {
    const { deps, who, now, builder } = turn
    const family = await familyForStaff(deps.database, { staff: who?.staff, familyId, now })
    const safety = await readSafety(turn, familyId)
    return familyLookView(builder, { family, answers: lookAnswers, safety, region: deps.region, now })
  },
  tap: async (turn, { familyId }, tap) => {
    const how = tap.action === 'set' && lookAnswers.find((one) => one === tap.arg)
    if (!how) return null
    const { deps, who, now, say } = turn
    await turn.once((tx) => noteOwnLook(tx, deps, { staff: who?.staff, familyId, how, now }))
    return { to: { name: 'family-case', familyId }, notice: say.t(`afterLook.staff.noted.${how}`) }
  },
})
