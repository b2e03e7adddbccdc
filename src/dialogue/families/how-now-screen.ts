import { z } from 'zod'
import { byId, defineScreen } from '#dialogue/screen.ts'
import { answerLook, lookForMember } from '#features/cases/after-look.ts'
import { lookAnswers } from '#features/cases/case-steps.ts'
import { endOfDay } from '#features/cases/recount.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { readersForMember } from '#features/messages/messages-for-member.ts'
import { howNowSaidView, howNowView } from './how-now-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'how-now': z.infer<typeof howNowState>
  }
  interface Links {
    'how-now': 'how-now'
  }
}

const howNowState = z.object({ familyId: z.uuid(), said: z.enum(lookAnswers).optional() })

/** Between two terms, that it is worse can still be said. */
const answersIn = { asked: lookAnswers, answered: ['worse'], none: [] } as const

/** After the end of support: how they are now, in one tap. Words go to the conversation. */
export const howNowScreen = defineScreen({
  name: 'how-now',
  state: howNowState,
  aside: true,
  interruptible: true,
  varies: ['said'],
  links: {
    'how-now': byId(({ who, session }, id) => {
      session.familyId = familyForMember(who, id).id
      return { to: { name: 'how-now', familyId: id } }
    }),
  },
  afterCommit: (_, { familyId }) => ({ name: 'how-now', familyId }),
  about: (_, { familyId }) => ({ kind: 'family', familyId }),
  draw: async (turn, { familyId, said }) => {
    const { deps, who, now, builder } = turn
    const own = { who, familyId, now }
    const around = { familyId, openRequest: who?.openRequest != null, region: deps.region, now }
    const { state, next } = await lookForMember(deps.database, deps, own)
    if (said === undefined) return howNowView(builder, { ...around, state, answers: answersIn[state] })
    const { expected } = await deps.database.transaction((tx) => readersForMember(tx, deps.region, own))
    const moment =
      next === null ? null : { instant: endOfDay(deps.region, next), timeZone: deps.region.timeZone, now }
    return howNowSaidView(builder, { ...around, said, next: moment, expected })
  },
  tap: async (turn, { familyId }, tap) => {
    const how = tap.action === 'set' && lookAnswers.find((one) => one === tap.arg)
    if (!how) return null
    const { deps, who, now, say } = turn
    const said = say.label(`afterLook.line.${how}`)
    await turn.once((tx) => answerLook(tx, deps, { who, familyId, how, said, now }))
    return { to: { name: 'how-now', familyId, said: how } }
  },
})
