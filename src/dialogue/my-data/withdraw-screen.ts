import { z } from 'zod'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { consequencesOf, withdrawOwnConsent } from '#features/my-data/withdraw-consent.ts'
import { ownerOf } from './my-data-screen.ts'
import { consequencesView } from './withdraw-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'consent-withdraw': z.infer<typeof withdrawState>
  }
}

const withdrawState = z.object({ id: z.uuid() })

/** What a withdrawal does, before it is done. */
export const consentWithdrawScreen = defineScreen({
  name: 'consent-withdraw',
  state: withdrawState,
  aside: true,
  afterCommit: (_, { id }) => ({ name: 'my-consent', id }),
  draw: async (turn, { id }) => {
    const { deps, now, builder } = turn
    const asked = { who: ownerOf(turn), consentId: id, now }
    return consequencesView(builder, {
      ...(await consequencesOf(deps.database, deps, asked)),
      contact: deps.organisation.contact,
      region: deps.region,
      now,
    })
  },
  tap: async (turn, { id }, tap) => {
    if (tap.action === 'no' || tap.action === 'back') return { to: { name: 'my-consent', id } }
    return tap.action === 'yes' ? withdraw(turn, id) : null
  },
})

const withdraw = async (turn: Turn, consentId: string): Promise<Step> => {
  const { deps, now, say } = turn
  const who = ownerOf(turn)
  await turn.once((tx) => withdrawOwnConsent(tx, deps, { who, consentId, now }))
  delete turn.session.familyId
  return { to: { name: 'my-consent', id: consentId }, notice: say.t('myData.withdrawn') }
}
