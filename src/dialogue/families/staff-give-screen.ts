import { z } from 'zod'
import type { StateOf } from '#dialogue/registry.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import { familyToGive, giveFamily, giveVisit, visitToGive } from '#features/families/give-family.ts'
import { giveFamilyView } from './staff-give-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-give': z.infer<typeof giveState>
  }
  interface Links {
    'f-give': 'family-give'
    'v-give': 'family-give'
  }
}

const giveState = z.object({
  of: z.enum(['family', 'visit']),
  id: z.uuid(),
  staffId: z.uuid().optional(),
  page: z.number().int().min(0).optional(),
})

type State = StateOf<'family-give'>

/** A supervisor changes the curator of a family, or who makes a visit: to whom, then what the family learns. */
export const familyGiveScreen = defineScreen({
  name: 'family-give',
  state: giveState,
  varies: ['page'],
  links: {
    'f-give': byId((turn, id) => open(turn, { of: 'family', id })),
    'v-give': byId((turn, id) => open(turn, { of: 'visit', id })),
  },
  afterCommit: (_, state) => cardOf(state),
  draw: async (turn, state) => {
    const found = await toGive(turn, state)
    const chosen = found.takers.find(({ id }) => id === state.staffId) ?? null
    const { region, database } = turn.deps
    const read = await isReadInBot(database, found.family.id, found.visit ?? undefined)
    const page = state.page ?? 0
    return giveFamilyView(turn.builder, { ...found, chosen, read, page, region, now: turn.now })
  },
  tap: async (turn, state, tap) => {
    const { staffId, page: _, ...list } = state
    if (tap.action === 'page' && /^\d{1,3}$/.test(tap.arg)) return { to: { ...list, page: Number(tap.arg) } }
    if (tap.action === 'back' || tap.action === 'no')
      return { to: staffId === undefined ? cardOf(state) : list }
    const chosen = tap.action === 'set' ? z.uuid().safeParse(tap.arg).data : undefined
    if (chosen) return { to: { ...list, staffId: chosen } }
    return tap.action === 'yes' && staffId !== undefined ? give(turn, state, staffId) : null
  },
})

const cardOf = ({ of, id }: State) =>
  of === 'family' ? { name: 'family-case' as const, familyId: id } : { name: 'f-visit' as const, visitId: id }

const toGive = async ({ deps: { database }, who, now }: Turn, { of, id }: Pick<State, 'of' | 'id'>) => {
  const by = { staff: who?.staff, now }
  return of === 'family'
    ? { visit: null, ...(await familyToGive(database, { ...by, familyId: id })) }
    : visitToGive(database, { ...by, visitId: id })
}

const open = async (turn: Turn, of: Pick<State, 'of' | 'id'>): Promise<Step> => {
  await toGive(turn, of)
  return { to: { name: 'family-give', ...of } }
}

const give = async (turn: Turn, state: State, to: string): Promise<Step> => {
  const { deps, who, now, say } = turn
  const given = { staff: who?.staff, to, now }
  await turn.once((tx) =>
    state.of === 'family'
      ? giveFamily(tx, deps, { ...given, familyId: state.id })
      : giveVisit(tx, deps, { ...given, visitId: state.id }),
  )
  return { to: cardOf(state), notice: say.t(`handing.done.${state.of}`) }
}
