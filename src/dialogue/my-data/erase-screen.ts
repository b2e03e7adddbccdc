import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { eraseOwnData } from '#features/my-data/erase-data.ts'
import { erasurePlan } from '#features/my-data/erasure-plan.ts'
import { mayWithdraw } from '#features/my-data/withdraw-consent.ts'
import { erasureView } from './erase-view.ts'
import { backToMyData, ownerOf } from './my-data-screen.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'my-data-erase': Stateless
  }
  interface Links {
    'my-data-erase': 'my-data-erase'
  }
}

/** What goes at once, and what stays why; then it is done. */
export const eraseScreen = defineScreen({
  name: 'my-data-erase',
  aside: true,
  links: { 'my-data-erase': () => ({ to: { name: 'my-data-erase' } }) },
  afterCommit: ({ who }) => (who ? { name: 'my-data' } : { name: 'home' }),
  draw: async (turn) => {
    const { deps, builder, now } = turn
    const who = ownerOf(turn)
    const plan = await erasurePlan(deps.database, deps, { who, now })
    const { organisation, region } = deps
    return erasureView(builder, { plan, may: mayWithdraw(who), contact: organisation.contact, region, now })
  },
  tap: (turn, state, tap) => {
    if (tap.action === 'no') return { to: { name: 'my-data' } }
    return tap.action === 'yes' ? eraseNow(turn) : backToMyData(turn, state, tap)
  },
})

const eraseNow = async (turn: Turn): Promise<Step> => {
  const { deps, now, say } = turn
  const who = ownerOf(turn)
  const erased = await turn.once((tx) => eraseOwnData(tx, deps, { who, now }))
  delete turn.session.familyId
  const notice = say.t(`myData.erase.done.${erased}`)
  return erased === 'everything'
    ? { to: { name: 'home' }, notice, forget: true }
    : { to: { name: 'my-data' }, notice }
}
