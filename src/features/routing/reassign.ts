import { announce } from '#features/events/announce.ts'
import { absencesOf } from '#storage/absences.ts'
import type { Database, Tx } from '#storage/database.ts'
import { addEvent } from '#storage/request-events.ts'
import { lockRequest, openOf, unassigned } from '#storage/requests.ts'
import { formerHolders, lockRouting } from '#storage/routing.ts'
import { findStaff } from '#storage/staff.ts'
import { carryOut, type GiveDeps, giveAgain, judgeAgain, letWait } from './give.ts'

/** An absence that begins or ends within this time (ms) is waited for: the queue's clock may be ahead of ours. */
const soon = 60_000

/**
 * Brings the open requests into line with whether a member is there: what an absent or inactive one has goes to
 * others; what waits for anybody is given out again when somebody is there. Safe to repeat. Returns the moment to
 * come again at where an absence is about to begin or end, null otherwise.
 */
export const reassign = async (
  database: Database,
  deps: GiveDeps,
  { staffId, now }: { staffId: string; now: Date },
): Promise<Date | null> => {
  const member = await findStaff(database, staffId)
  if (!member) return null
  const absences = await absencesOf(database, staffId, now)
  // A curator is shown no request that is yet to be taken.
  const away = !member.active || member.role === 'curator' || absences.some(({ from }) => from <= now)
  const work = away ? await theirs(database, staffId) : await unassigned(database)
  for (const requestId of work) {
    await database.transaction((tx) =>
      away ? handOver(tx, deps, { requestId, staffId, now }) : pickUp(tx, deps, { requestId, now }),
    )
  }
  const changes = absences.flatMap(({ from, until }) => [from, until]).filter((at) => at > now)
  return changes.find((at) => at.getTime() - now.getTime() < soon) ?? null
}

/** Read once nobody is being given anything: a request that is on its way to the member is seen too. */
const theirs = (database: Database, staffId: string): Promise<string[]> =>
  database.transaction(async (tx) => {
    await lockRouting(tx)
    return openOf(tx, staffId)
  })

const handOver = async (
  tx: Tx,
  deps: GiveDeps,
  { requestId, staffId, now }: { requestId: string; staffId: string; now: Date },
): Promise<void> => {
  const request = await lockRequest(tx, requestId)
  if (!request || request.assignedToId !== staffId) return
  if (request.status !== 'submitted' && request.status !== 'claimed') return
  const released = request.status === 'claimed'
  if (released) await addEvent(tx, { requestId, at: now, kind: 'passed-on', staffId, detail: 'absence' })
  if (!(await giveAgain(tx, deps, { request, trigger: 'absence', without: [staffId], now }))) return
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
  if (!released) return
  await deps.enqueue(tx, 'family-notice', { requestId, notice: 'passed-on' })
  await announce(tx, deps, { type: 'request.passed_on', now, requestId, data: { staffId } })
}

/**
 * Gives a request that waits for a member to somebody else, because the member cannot be reached: nobody who had it
 * before is asked again, so that it does not go round between two such.
 */
export const giveOn = async (
  tx: Tx,
  deps: GiveDeps,
  { requestId, staffId, now }: { requestId: string; staffId: string; now: Date },
): Promise<void> => {
  const request = await lockRequest(tx, requestId)
  if (request?.status !== 'submitted' || request.assignedToId !== staffId) return
  const without = await formerHolders(tx, requestId, true)
  if (!(await giveAgain(tx, deps, { request, trigger: 'absence', without, now }))) return
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
}

const pickUp = async (
  tx: Tx,
  deps: GiveDeps,
  { requestId, now }: { requestId: string; now: Date },
): Promise<void> => {
  const request = await lockRequest(tx, requestId)
  if (request?.status !== 'submitted' || request.assignedToId !== null) return
  const judged = await judgeAgain(tx, deps.region, request, { now })
  if (judged.choice === null) return
  const anew = request.escalateAt === null
  if (!(await letWait(tx, deps, { request, staffId: judged.choice, anew, now }))) return
  await carryOut(tx, deps, { request, judged, trigger: 'returned', before: null, now })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
}
