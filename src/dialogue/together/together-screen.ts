import { z } from 'zod'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import {
  callBack,
  confirmJoiner,
  leaveTogether,
  refuseJoiner,
  startTogether,
  takeBackAnswer,
} from '#features/together/start-together.ts'
import { togetherForMember, togetherOfOwnRequest } from '#features/together/together-for-member.ts'
import { asTogetherName } from '#features/together/together-names.ts'
import { leaveView, linkView, nameView, offerView, togetherView } from './together-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    together: z.infer<typeof togetherState>
    'together-name': z.infer<typeof nameState>
    'together-end': z.infer<typeof endState>
  }
  interface Links {
    together: 'together'
  }
}

const togetherState = z.object({
  /** One that the reader takes part in; absent: what the own open request has. */
  id: z.uuid().optional(),
})

/** How it is with those who ask together, for either of them; or what it would mean, before it begins. */
export const togetherScreen = defineScreen({
  name: 'together',
  state: togetherState,
  aside: true,
  links: {
    together: (_, arg) => {
      const id = z.uuid().safeParse(arg).data
      return arg === '' || id ? { to: { name: 'together', ...(id && { id }) } } : null
    },
  },
  draw: async (turn, { id }) => {
    const { deps, who, now, builder } = turn
    const { region } = deps
    if (id !== undefined) {
      const { offered } = await togetherOfOwnRequest(deps.database, deps, { who, now })
      const shown = await togetherForMember(deps.database, deps, { who, id, now })
      return togetherView(builder, { shown, again: offered !== null, region, now })
    }
    const own = await togetherOfOwnRequest(deps.database, deps, { who, now })
    const { current, offered } = own
    return current
      ? togetherView(builder, { shown: current, again: offered !== null, region, now })
      : offerView(builder, own)
  },
  tap: async (turn, { id }, tap) => {
    const { who, now, deps } = turn
    const back = { to: { name: 'together', ...(id !== undefined && { id }) } } as const
    if (tap.action === 'submit') {
      const { offered } = await togetherOfOwnRequest(deps.database, deps, { who, now })
      return offered === null ? { to: { name: 'together' } } : { to: { name: 'together-name' } }
    }
    const of = await ownId(turn, id)
    if (of === null) return null
    const on = { who, id: of, now }
    switch (tap.action) {
      case 'full':
        return { ...back, ...(await linkBelow(turn)) }
      case 'yes':
        await turn.once((tx) => confirmJoiner(tx, deps, on))
        return back
      case 'no':
        await turn.once((tx) => refuseJoiner(tx, deps, on))
        return back
      case 'withdraw':
        await turn.once((tx) => callBack(tx, deps, on))
        return back
      case 'refuse':
        await turn.once((tx) => takeBackAnswer(tx, deps, on))
        return back
      case 'done':
        return { to: { name: 'together-end', id: of } }
      default:
        return null
    }
  },
})

const ownId = async ({ deps, who, now }: Turn, id: string | undefined): Promise<string | null> =>
  id ?? (await togetherOfOwnRequest(deps.database, deps, { who, now })).current?.id ?? null

/** The link and its code, as a message of its own that can be shown or sent on. */
const linkBelow = async (turn: Turn): Promise<Pick<Step, 'fresh' | 'aside'>> => {
  const { deps, who, now, builder } = turn
  const { current } = await togetherOfOwnRequest(deps.database, deps, { who, now })
  if (!current?.link) return {}
  const { link, id, until } = current
  const content = async () => (await import('#features/families/invitation-handout.ts')).invitationQr(link)
  const picture = { key: `together.${id}`, content }
  return {
    fresh: true,
    aside: { view: linkView(builder, { link, until, picture, region: deps.region, now }) },
  }
}

const nameState = z.object({ problem: z.literal('long').optional() })

/** How whoever asks wants to be named to whoever opens the link; then the link. */
export const togetherNameScreen = defineScreen({
  name: 'together-name',
  state: nameState,
  aside: true,
  varies: ['problem'],
  afterCommit: () => ({ name: 'together' }),
  draw: async ({ deps, who, now, builder }, { problem }) => {
    const { name } = await togetherOfOwnRequest(deps.database, deps, { who, now })
    return nameView(builder, { name, problem })
  },
  tap: async (turn, _, tap) => {
    if (tap.action === 'back') return { to: { name: 'together' } }
    if (tap.action === 'skip') return start(turn, null)
    if (tap.action !== 'set') return null
    const { deps, who, now } = turn
    const { name } = await togetherOfOwnRequest(deps.database, deps, { who, now })
    return start(turn, name === null ? null : asTogetherName(name))
  },
  words: (turn, _, text) => {
    const name = asTogetherName(text)
    return name === null ? { to: { name: 'together-name', problem: 'long' } } : start(turn, name)
  },
})

const start = async (turn: Turn, name: string | null): Promise<Step> => {
  const { deps, who, now } = turn
  await turn.once((tx) => startTogether(tx, deps, { who, name, now }))
  return { to: { name: 'together' }, ...(await linkBelow(turn)) }
}

const endState = z.object({ id: z.uuid() })

/** What it means to go on alone, before it is done. */
export const togetherEndScreen = defineScreen({
  name: 'together-end',
  state: endState,
  aside: true,
  afterCommit: (_, { id }) => ({ name: 'together', id }),
  draw: async ({ deps, who, now, builder }, { id }) =>
    leaveView(builder, await togetherForMember(deps.database, deps, { who, id, now })),
  tap: async (turn, { id }, tap) => {
    if (tap.action === 'no' || tap.action === 'back') return { to: { name: 'together', id } }
    if (tap.action !== 'yes') return null
    const { deps, who, now } = turn
    await turn.once((tx) => leaveTogether(tx, deps, { who, id, now }))
    return { to: { name: 'together', id } }
  },
})
