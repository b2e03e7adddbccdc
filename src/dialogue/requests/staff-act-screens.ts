import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { byId, defineScreen, type Turn } from '#dialogue/screen.ts'
import { giveCase, moveCase, recipientsOf, requestToActOn } from '#features/requests/act-on-case.ts'
import { oversightOf } from '#features/requests/oversight.ts'
import type { RequestRight } from '#features/requests/request-access.ts'
import type { Request } from '#storage/requests/requests.ts'
import { giveView, stageView } from './staff-act-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    stage: z.infer<typeof stageState>
    give: z.infer<typeof giveState>
  }
  interface Links {
    stage: 'stage'
    give: 'give'
  }
}

const toAct = ({ deps, who }: Turn, requestId: string, right: RequestRight): Promise<Request> =>
  requestToActOn(deps.database, { staff: who?.staff, requestId, right })

const stageState = z.object({ requestId: z.uuid(), to: z.string().max(64).optional() })

/** Moves a request to a later stage: which one, then what the family will read. There is no way back. */
export const stageScreen = defineScreen({
  name: 'stage',
  state: stageState,
  links: {
    stage: byId(async (turn, requestId) => {
      await toAct(turn, requestId, 'decide')
      return { to: { name: 'stage', requestId } }
    }),
  },
  afterCommit: (_, { requestId }) => ({ name: 'case', requestId }),
  draw: async (turn, { requestId, to }) => {
    const request = await toAct(turn, requestId, 'decide')
    return stageView(turn.builder, { request, to: to ?? null, region: turn.deps.region })
  },
  tap: async (turn, { requestId, to }, tap) => {
    const { who, now, deps, say } = turn
    if (tap.action === 'back' || tap.action === 'no')
      return { to: to === undefined ? { name: 'case', requestId } : { name: 'stage', requestId } }
    if (tap.action === 'set' && deps.region.stages.includes(tap.arg))
      return { to: { name: 'stage', requestId, to: tap.arg } }
    if (tap.action !== 'yes' || to === undefined) return null
    await turn.once((tx) => moveCase(tx, deps, { staff: who?.staff, requestId, to, now }))
    return { to: { name: 'case', requestId }, notice: say.t('act.moved') }
  },
})

const giveState = z.object({
  requestId: z.uuid(),
  staffId: z.uuid().optional(),
  page: z.number().int().min(0).optional(),
})

/** Gives a request to somebody by name. */
export const giveScreen = defineScreen({
  name: 'give',
  state: giveState,
  varies: ['page'],
  links: {
    give: byId(async (turn, requestId) => {
      const { deps, who, now } = turn
      const request = await toAct(turn, requestId, 'give')
      // Whoever releases what somebody else has taken may read it from then on: they say why before.
      if (who?.staff && (await oversightOf(deps.database, who.staff, request, now)) === 'needed')
        return { to: { name: 'oversee', requestId, next: 'give' } }
      return { to: { name: 'give', requestId } }
    }),
  },
  afterCommit: () => ({ name: 'queue' }),
  draw: async (turn, { requestId, staffId, page = 0 }) => {
    const { deps, who, now, builder } = turn
    const request = await toAct(turn, requestId, 'give')
    if (!who?.staff) throw new DomainError('not-found')
    const as = { readerId: who.staff.id, now }
    const found = await recipientsOf(deps.database, deps.region, request, as)
    return giveView(builder, { request, found, chosen: found.find(({ id }) => id === staffId) ?? null, page })
  },
  tap: async (turn, { requestId, staffId }, tap) => {
    const { who, now, deps, say } = turn
    const list = { name: 'give' as const, requestId }
    if (tap.action === 'page' && /^\d{1,3}$/.test(tap.arg)) return { to: { ...list, page: Number(tap.arg) } }
    if (tap.action === 'back' || tap.action === 'no')
      return { to: staffId === undefined ? { name: 'case', requestId } : list }
    const chosen = tap.action === 'set' ? z.uuid().safeParse(tap.arg).data : undefined
    if (chosen) return { to: { ...list, staffId: chosen } }
    if (tap.action !== 'yes' || staffId === undefined) return null
    await turn.once((tx) => giveCase(tx, deps, { staff: who?.staff, requestId, staffId, now }))
    return { to: { name: 'queue' }, notice: say.t('act.given') }
  },
})
