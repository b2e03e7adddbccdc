import { z } from 'zod'
import { byId, defineScreen } from '#dialogue/screen.ts'
import { answerCurator, curatorForMember } from '#features/cases/curator-word.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { readersForMember } from '#features/messages/messages-for-member.ts'
import { ourCuratorView } from './our-curator-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'our-curator': z.infer<typeof ourCuratorState>
  }
  interface Links {
    'our-curator': 'our-curator'
  }
}

const ourCuratorState = z.object({ familyId: z.uuid() })

/** Who the curator is, and whether that suits the family. */
export const ourCuratorScreen = defineScreen({
  name: 'our-curator',
  state: ourCuratorState,
  aside: true,
  interruptible: true,
  links: {
    'our-curator': byId(({ who, session }, id) => {
      session.familyId = familyForMember(who, id).id
      return { to: { name: 'our-curator', familyId: id } }
    }),
  },
  afterCommit: (_, { familyId }) => ({ name: 'our-curator', familyId }),
  about: (_, { familyId }) => ({ kind: 'family', familyId }),
  draw: async ({ deps, who, now, builder }, { familyId }) => {
    const own = { who, familyId, now }
    const found = await curatorForMember(deps.database, deps, own)
    const { expected } = await deps.database.transaction((tx) => readersForMember(tx, deps.region, own))
    return ourCuratorView(builder, { ...found, familyId, expected, region: deps.region, now })
  },
  tap: async (turn, { familyId }, tap) => {
    const curatorId = z.uuid().safeParse(tap.arg).data
    const word = tap.action === 'agree' ? 'agreed' : tap.action === 'change' ? 'declined' : null
    if (word === null || curatorId === undefined) return null
    const { deps, who, now, say } = turn
    const said = say.label(`ourCurator.line.${word}`)
    await turn.once((tx) => answerCurator(tx, deps, { who, familyId, curatorId, word, said, now }))
    return { to: { name: 'our-curator', familyId } }
  },
})
