import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { familyNames } from '#features/families/caseload.ts'
import { safetyKinds } from '#features/families/safety-facts.ts'
import { addFactForStaff, endFactForStaff, safetyForStaff } from '#features/families/safety-for-staff.ts'
import { ofFamily } from './family-link.ts'
import { endSafetyView, safetyKindsView, safetyMembersView, safetyView } from './staff-family-safety-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-safety': z.infer<typeof familySafetyState>
    'family-safety-add': z.infer<typeof familySafetyAddState>
  }
  interface Links {
    'f-safety': 'family-safety'
  }
}

/** `ending`: the fact whose end has to be confirmed. */
const familySafetyState = z.object({ familyId: z.uuid(), ending: z.uuid().optional() })

/** The safety facts of a family, which staff in charge may end. Every access is audited. */
export const familySafetyScreen = defineScreen({
  name: 'family-safety',
  state: familySafetyState,
  aside: true,
  links: { 'f-safety': ofFamily((familyId) => ({ name: 'family-safety', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-safety', familyId }),
  draw: async (turn, { familyId, ending }) => {
    const { deps, who, now, builder } = turn
    const as = { staff: who?.staff, familyId, now }
    const { family, facts } = await deps.database.transaction((tx) => safetyForStaff(tx, deps, as))
    const when = { timeZone: deps.region.timeZone, now }
    const fact = facts.find(({ id }) => id === ending)
    return fact ? endSafetyView(builder, fact, when) : safetyView(builder, { family, facts, ...when })
  },
  tap: (turn, { familyId, ending }, tap) => {
    const list = { name: 'family-safety' as const, familyId }
    if (tap.action === 'note') return { to: { name: 'family-safety-add', familyId } }
    if (tap.action === 'no' || (tap.action === 'back' && ending)) return { to: list }
    if (tap.action === 'yes' && ending) return end(turn, familyId, ending)
    const factId = tap.action === 'set' ? z.uuid().safeParse(tap.arg).data : undefined
    return factId ? { to: { ...list, ending: factId } } : null
  },
})

const familySafetyAddState = z.object({ familyId: z.uuid(), memberId: z.uuid().optional() })

/** Asks about whom the fact is, and which one. It shows names, so every access is audited. */
export const familySafetyAddScreen = defineScreen({
  name: 'family-safety-add',
  state: familySafetyAddState,
  aside: true,
  afterCommit: (_, { familyId }) => ({ name: 'family-safety', familyId }),
  draw: async ({ deps, who, now, builder }, { familyId, memberId }) => {
    const as = { staff: who?.staff, familyId, now }
    const { members } = await deps.database.transaction((tx) => familyNames(tx, deps.sealer, as))
    if (memberId === undefined) return safetyMembersView(builder, members)
    const member = members.find(({ id }) => id === memberId)
    if (!member) throw new DomainError('not-found')
    return safetyKindsView(builder, member)
  },
  tap: (turn, { familyId, memberId }, tap) => {
    if (tap.action === 'back')
      return { to: memberId ? { name: 'family-safety-add', familyId } : { name: 'family-safety', familyId } }
    if (tap.action !== 'set') return null
    if (memberId === undefined) {
      const chosen = z.uuid().safeParse(tap.arg).data
      return chosen ? { to: { name: 'family-safety-add', familyId, memberId: chosen } } : null
    }
    const kind = safetyKinds.find((one) => one === tap.arg)
    return kind ? add(turn, { familyId, memberId, kind }) : null
  },
})

const end = async (turn: Turn, familyId: string, factId: string): Promise<Step> => {
  const { deps, who, now, say } = turn
  await turn.once((tx) => endFactForStaff(tx, deps, { staff: who?.staff, familyId, factId, now }))
  return { to: { name: 'family-safety', familyId }, notice: say.t('safety.ended') }
}

const add = async (
  turn: Turn,
  given: Omit<Parameters<typeof addFactForStaff>[2], 'staff' | 'now'>,
): Promise<Step> => {
  const { deps, who, now, say } = turn
  await turn.once((tx) => addFactForStaff(tx, deps, { ...given, staff: who?.staff, now }))
  return { to: { name: 'family-safety', familyId: given.familyId }, notice: say.t('safety.added') }
}
