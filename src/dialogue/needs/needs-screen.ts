import { z } from 'zod'
import { ofFamily } from '#dialogue/families/family-link.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { defineScreen, type Step, turnPage, type Turn } from '#dialogue/screen.ts'
import { specialMarkOf } from '#features/consents/special-grounds.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { holdsOn, mainCategoryOn } from '#features/needs/case-needs.ts'
import { addNeed, endNeed, markMain, needCodes } from '#features/needs/change-needs.ts'
import { needsChangeBy, needsForStaff } from '#features/needs/read-needs.ts'
import { needFinders, needKinds } from '#storage/needs/case-needs.ts'
import { finderView, initials, needChoiceView, needsView, needView } from './needs-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-needs': z.infer<typeof needsState>
    'family-need-add': z.infer<typeof addState>
  }
  interface Links {
    'f-needs': 'family-needs'
  }
}

const needsState = z.object({ familyId: z.uuid(), needId: z.uuid().optional() })

/** The categories and circumstances of a family; every access is audited. One of them ends, or becomes the main one, by a tap. */
export const needsScreen = defineScreen({
  name: 'family-needs',
  state: needsState,
  aside: true,
  links: { 'f-needs': ofFamily((familyId) => ({ name: 'family-needs', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-needs', familyId }),
  draw: async ({ deps, who, now, builder }, { familyId, needId }) => {
    const as = { staff: who?.staff, familyId, now }
    const known = await deps.database.transaction((tx) => needsForStaff(tx, deps, as))
    const today = todayIn(deps, now)
    const around = {
      family: known.family,
      region: deps.region,
      // What was ended today holds until the evening, and is done with for whoever ended it.
      holding: known.needs.filter((need) => holdsOn(need, today) && need.until === null),
      main: mainCategoryOn(known, today),
    }
    const chosen = known.needs.find((one) => one.needId === needId)
    return chosen
      ? needView(builder, { ...around, need: chosen, special: specialMarkOf(deps.region, chosen.code) })
      : needsView(builder, around)
  },
  tap: (turn, { familyId, needId }, tap) => {
    const list = { name: 'family-needs' as const, familyId }
    if (tap.action === 'note') return { to: { name: 'family-need-add', familyId } }
    if (tap.action === 'back' && needId) return { to: list }
    if (tap.action === 'yes' && needId) return end(turn, list, needId)
    if (tap.action === 'change' && needId) return main(turn, list, needId)
    const chosen = tap.action === 'set' ? z.uuid().safeParse(tap.arg).data : undefined
    return chosen ? { to: { ...list, needId: chosen } } : null
  },
})

type List = StateOf<'family-needs'>

const end = async (turn: Turn, list: List, needId: string): Promise<Step> => {
  const { deps, who, now, say } = turn
  const as = { staff: who?.staff, familyId: list.familyId, now }
  await turn.once(async (tx) => endNeed(tx, deps, { ...(await needsChangeBy(tx, as)), needId }))
  return { to: list, notice: say.t('needs.ended') }
}

const main = async (turn: Turn, list: List, needId: string): Promise<Step> => {
  const { deps, who, now, say } = turn
  const as = { staff: who?.staff, familyId: list.familyId, now }
  await turn.once(async (tx) => markMain(tx, deps, { ...(await needsChangeBy(tx, as)), needId }))
  return { to: list, notice: say.t('needs.marked') }
}

const addState = z.object({
  familyId: z.uuid(),
  page: z.int().optional(),
  kind: z.enum(needKinds).optional(),
  code: z.string().max(64).optional(),
})

/** Adds one from today on: which, then who found it. */
export const needAddScreen = defineScreen({
  name: 'family-need-add',
  state: addState,
  aside: true,
  varies: ['page'],
  afterCommit: (_, { familyId }) => ({ name: 'family-needs', familyId }),
  draw: async ({ deps, who, now, builder }, { familyId, kind, code, page = 0 }) => {
    const as = { staff: who?.staff, familyId, now }
    const { needs } = await deps.database.transaction((tx) => needsForStaff(tx, deps, as))
    const { region } = deps
    if (kind && code)
      return finderView(builder, {
        ...{ kind, code, region, finders: needFinders },
        special: specialMarkOf(region, code),
      })
    const today = todayIn(deps, now)
    const choices = needKinds.flatMap((one) =>
      needCodes(region, one)
        .filter(
          (known) => !needs.some((need) => need.code === known && need.kind === one && holdsOn(need, today)),
        )
        .map((known) => ({ kind: one, code: known })),
    )
    return needChoiceView(builder, { choices, page, region })
  },
  tap: (turn, state, tap) => {
    const { familyId, kind, code } = state
    const page = turnPage({ ...state, name: 'family-need-add' as const }, tap)
    if (page) return page
    if (tap.action === 'back')
      return { to: code ? { name: 'family-need-add', familyId } : { name: 'family-needs', familyId } }
    if (tap.action !== 'set') return null
    if (kind && code) return add(turn, { familyId, kind, code }, tap.arg)
    const [, first, named = ''] = /^([ck])-(.+)$/.exec(tap.arg) ?? []
    const chosen = needKinds.find((one) => initials[one] === first)
    if (!chosen || !needCodes(turn.deps.region, chosen).includes(named)) return null
    return { to: { name: 'family-need-add', familyId, kind: chosen, code: named } }
  },
})

const add = async (
  turn: Turn,
  { familyId, kind, code }: { familyId: string; kind: (typeof needKinds)[number]; code: string },
  arg: string,
): Promise<Step | null> => {
  const foundBy = needFinders.find((one) => one === arg)
  if (!foundBy) return null
  const { deps, who, now, say } = turn
  const as = { staff: who?.staff, familyId, now }
  await turn.once(async (tx) => addNeed(tx, deps, { ...(await needsChangeBy(tx, as)), kind, code, foundBy }))
  return { to: { name: 'family-needs', familyId }, notice: say.t('needs.added') }
}

const todayIn = ({ region }: Turn['deps'], now: Date): string => dayAt(now, region.timeZone).toString()
