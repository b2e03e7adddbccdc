import { z } from 'zod'
import { readSafety } from '#dialogue/families/read-safety.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { mayReachBy } from '#features/families/reach-family.ts'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import { openVisitForStaff } from '#features/visits/visit-lists-for-staff.ts'
import { cancelVisitForStaff, closeVisitForStaff } from '#features/visits/act-on-visit.ts'
import { moveVisitForStaff } from '#features/visits/plan-for-staff.ts'
import { isAhead } from '#features/visits/visit-transitions.ts'
import { visitForStaff } from '#features/visits/visits-for-staff.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { cancelVisitView, staffVisitView, whoSees } from './staff-visit-view.ts'
import { spokenMoment } from './visit-words-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'f-visit': z.infer<typeof fVisitState>
    'f-visit-cancel': z.infer<typeof fVisitCancelState>
  }
  interface Links {
    'f-visit': 'f-visit'
  }
}

const fVisitState = z.object({ visitId: z.uuid() })

/** A visit for staff. It shows sealed data, so every access is audited. */
export const staffVisitScreen = defineScreen({
  name: 'f-visit',
  state: fVisitState,
  aside: true,
  links: { 'f-visit': byId((_, visitId) => ({ to: { name: 'f-visit', visitId } })) },
  draw: async (turn, { visitId }) => {
    const { deps, who, now, builder } = turn
    const { database, sealer, region } = deps
    const seen = await database.transaction((tx) =>
      openVisitForStaff(tx, sealer, { staff: who?.staff, visitId, now }),
    )
    const comes = await findStaff(database, seen.visit.staffId)
    return staffVisitView(builder, {
      ...seen,
      safety: await readSafety(turn, seen.family.id),
      comes: comes?.name ?? '',
      reach: await mayReachBy(database, { staff: who?.staff, of: { visitId }, now }),
      supervises: seen.inCharge && who?.staff?.role === 'supervisor',
      ahead: isAhead(seen.visit, now),
      timeZone: region.timeZone,
      now,
    })
  },
  tap: async (turn, { visitId }, tap) => {
    if (tap.action === 'back') return { to: await listOf(turn, visitId) }
    if (tap.action === 'set') return moveToWish(turn, visitId, tap.arg)
    if (tap.action === 'done') return close(turn, visitId, tap.arg)
    return tap.action === 'no' ? { to: { name: 'f-visit-cancel', visitId } } : null
  },
})

/** Returns to the family's visits; a visitor who is not in charge, to their own. */
const listOf = async ({ deps, who, now }: Turn, visitId: string): Promise<Step['to']> => {
  const { visit, inCharge } = await visitForStaff(deps.database, who?.staff, visitId, now)
  return inCharge ? { name: 'f-visits', familyId: visit.familyId } : { name: 'my-visits' }
}

const fVisitCancelState = z.object({ visitId: z.uuid() })

/** Asks for confirmation before cancelling. */
export const cancelVisitScreen = defineScreen({
  name: 'f-visit-cancel',
  state: fVisitCancelState,
  aside: true,
  afterCommit: (_, { visitId }) => ({ name: 'f-visit', visitId }),
  draw: async (turn, { visitId }) => {
    const { deps, who, say, now, builder } = turn
    const { visit, family } = await visitForStaff(deps.database, who?.staff, visitId, now)
    const words = { say, timeZone: deps.region.timeZone, now }
    return cancelVisitView(builder, {
      visit,
      number: family.number,
      when: spokenMoment(words, visit.startsAt),
      safety: await readSafety(turn, family.id),
      read: await isReadInBot(deps.database, family.id, visit),
      timeZone: deps.region.timeZone,
      now,
    })
  },
  tap: async (turn, { visitId }, tap) => {
    const { deps, who, say, now } = turn
    const to = { name: 'f-visit' as const, visitId }
    if (tap.action === 'no' || tap.action === 'back') return { to }
    if (tap.action !== 'yes') return null
    if (!/^\d{1,6}$/.test(tap.arg)) return null
    const seen = { staff: who?.staff, visitId, version: Number(tap.arg), now }
    const done = await turn.once((tx) => cancelVisitForStaff(tx, deps, seen))
    return { to, notice: say.t(done ? 'staffVisit.cancelled' : 'staffVisit.changed') }
  },
})

/** Moves the visit to the hour that the family asked for, if the version that was seen is still current. */
const moveToWish = async (turn: Turn, visitId: string, arg: string): Promise<Step | null> => {
  const [, seconds, version] = /^(\d{1,11})-(\d{1,6})$/.exec(arg) ?? []
  if (seconds === undefined) return null
  const { deps, who, say, now } = turn
  const startsAt = new Date(Number(seconds) * 1000)
  const seen = { staff: who?.staff, visitId, version: Number(version), startsAt, now }
  const moved = await turn.once((tx) => moveVisitForStaff(tx, deps, seen))
  const when = spokenMoment({ say, timeZone: deps.region.timeZone, now }, startsAt)
  if (!moved) return { to: { name: 'f-visit', visitId }, notice: say.t('staffVisit.changed') }
  const sees = whoSees(say, moved, await isReadInBot(deps.database, moved.familyId, moved))
  return { to: { name: 'f-visit', visitId }, notice: say.t('staffVisit.moved', { when, sees }) }
}

const close = async (turn: Turn, visitId: string, arg: string): Promise<Step | null> => {
  if (arg !== 'done' && arg !== 'missed') return null
  const { deps, who, say, now } = turn
  const said = { staff: who?.staff, visitId, outcome: arg, now } as const
  const closed = await turn.once((tx) => closeVisitForStaff(tx, deps, said))
  const notice = say.t(closed ? 'staffVisit.closed' : 'staffVisit.changed')
  return { to: { name: 'f-visit', visitId }, notice }
}
