import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { byId, defineScreen, type FollowLink, type Step, type Turn } from '#dialogue/screen.ts'
import { handRequests, takersOfRequests } from '#features/requests/hand-requests.ts'
import { longestReason } from '#features/requests/request-transitions.ts'
import { type Colleague, colleagueOf, curatorsInReach, handFamilies } from '#features/staff/colleagues.ts'
import { handWorkView } from './hand-work-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'hand-work': z.infer<typeof handWorkState>
  }
  interface Links {
    'hand-families': 'hand-work'
    'hand-requests': 'hand-work'
  }
}

const evenly = 'evenly'

const handWorkState = z.object({
  memberId: z.uuid(),
  what: z.enum(['families', 'requests']),
  to: z.union([z.uuid(), z.literal(evenly)]).optional(),
  page: z.number().int().min(0).optional(),
  problem: z.string().optional(),
})

type State = StateOf<'hand-work'>

const opens = (what: State['what']): FollowLink =>
  byId(async ({ deps, who, now }, memberId) => {
    await colleagueOf(deps, { staff: who?.staff, memberId, now })
    return { to: { name: 'hand-work', memberId, what } }
  })

/** Gives all families, or all requests, of a colleague to one person or evenly: to whom, then what becomes of it. */
export const handWorkScreen = defineScreen({
  name: 'hand-work',
  state: handWorkState,
  varies: ['page', 'problem'],
  links: { 'hand-families': opens('families'), 'hand-requests': opens('requests') },
  afterCommit: (_, { memberId }) => ({ name: 'colleague', memberId }),
  draw: async (turn, state) => {
    const { deps, who, now, builder } = turn
    const colleague = await colleagueOf(deps, { staff: who?.staff, memberId: state.memberId, now })
    const takers = await takersFor(turn, colleague, state)
    return handWorkView(builder, { colleague, takers, state })
  },
  tap: async (turn, { problem: _, ...state }, tap) => {
    const { to, page: __, ...list } = state
    if (tap.action === 'page' && /^\d{1,3}$/.test(tap.arg)) return { to: { ...list, page: Number(tap.arg) } }
    if (tap.action === 'back' || tap.action === 'no')
      return { to: to === undefined ? { name: 'colleague', memberId: state.memberId } : list }
    if (tap.action === 'set') {
      const chosen = tap.arg === evenly ? evenly : z.uuid().safeParse(tap.arg).data
      return chosen ? { to: { ...list, to: chosen } } : null
    }
    return tap.action === 'yes' && state.what === 'families' ? giveFamilies(turn, state) : null
  },
  words: (turn, state, text) => {
    if (state.what !== 'requests' || state.to === undefined) return null
    if (countCharacters(text) > longestReason) return { to: { ...state, problem: 'reason-too-long' } }
    return giveRequests(turn, state, text)
  },
})

const takersFor = async ({ deps, who, now }: Turn, { member, work }: Colleague, { what }: State) => {
  const { database, region } = deps
  if (what === 'families') return curatorsInReach(database, { member, work, now })
  if (!who?.staff) throw new DomainError('not-found')
  const territories = [...new Set(work.requests.map(({ territory }) => territory))]
  const found = await takersOfRequests(database, region, {
    ...{ territories, without: member.id, now },
    readerId: who.staff.id,
  })
  return found.map(({ id, name, absent, open }) => ({ id, name, absent, has: open }))
}

/** The one who was chosen, null for evenly; whoever is not offered is refused. */
const chosenOf = async (turn: Turn, state: State) => {
  const { deps, who, now } = turn
  const { memberId, to } = state
  const colleague = await colleagueOf(deps, { staff: who?.staff, memberId, now })
  if (!who?.staff || to === undefined) throw new DomainError('not-found')
  if (to !== evenly && !(await takersFor(turn, colleague, state)).some(({ id }) => id === to))
    throw new DomainError('not-eligible')
  return { staff: who.staff, colleague, to: to === evenly ? null : to }
}

const giveFamilies = async (turn: Turn, state: State): Promise<Step> => {
  const { deps, now, say } = turn
  const { staff, colleague, to } = await chosenOf(turn, state)
  await turn.once((tx) => handFamilies(tx, deps, { staff, colleague, to, now }))
  return { to: { name: 'colleague', memberId: state.memberId }, notice: say.t('colleagues.handing') }
}

const giveRequests = async (turn: Turn, state: State, reason: string): Promise<Step> => {
  const { deps, now, say } = turn
  const { staff, to } = await chosenOf(turn, state)
  const { memberId } = state
  const done = await turn.once((tx) => handRequests(tx, deps, { staff, memberId, to, reason, now }))
  const notice = [
    say.t('colleagues.handed', { number: done.given }),
    ...(done.left > 0 ? [say.t('colleagues.handedLeft', { number: done.left })] : []),
  ]
  return { to: { name: 'colleague', memberId }, notice: notice.join(' ') }
}
