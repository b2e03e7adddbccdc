import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { isReadOutsiders } from '#features/requests/conversation.ts'
import { isKeptFromHolder } from '#features/requests/note-apart.ts'
import { isSilenced } from '#features/requests/family-notice.ts'
import { supervisorsToTell } from '#features/routing/supervisors-to-tell.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import { findMember } from '#storage/families/family-members.ts'
import {
  countNotice,
  duePromises,
  endPromiseById,
  lockDuePromise,
  type ReadingPromise,
} from '#storage/promises/promises.ts'
import { insertPushes } from '#storage/pushes/pushes.ts'
import { unreadOf } from '#storage/messages/messages.ts'
import { eventsOf, type RequestEvent } from '#storage/requests/request-events.ts'
import { findRequest, type Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { nextNoticeAt } from './late.ts'

type Deps = { enqueue: Enqueue; region: Region; sealer: Sealer }

/**
 * Says that we are late, wherever the promised time has passed without a human word: to the family, where writing is safe,
 * and to the supervisors; again each working day. A notice is counted in the transaction that queues it, so that it is
 * neither lost nor doubled, whoever dies and however many instances there are. A failure holds up nobody else. Returns how many.
 */
export const sayWeAreLate = async (
  database: Database,
  deps: Deps & { log: Log },
  { clock, signal }: { clock: Clock; signal?: AbortSignal },
): Promise<number> => {
  let count = 0
  for (const id of await duePromises(database, clock.now())) {
    if (signal?.aborted) break
    try {
      const told = await database.transaction(async (tx) => {
        const promise = await lockDuePromise(tx, id, clock.now())
        return promise !== null && (await tellOf(tx, deps, { promise, now: clock.now() }))
      })
      if (told) count += 1
    } catch (error) {
      deps.log.error('late.failed', { promiseId: id, error })
    }
  }
  return count
}

type Late = { promise: ReadingPromise; now: Date }

const tellOf = async (tx: Tx, deps: Deps, { promise, now }: Late): Promise<boolean> => {
  const { id, requestId, memberId, notices } = promise
  const told =
    (requestId !== null && (await tellOfRequest(tx, deps, { promise, now }, requestId))) ||
    (memberId !== null && (await tellOfThread(tx, deps, { promise, now }, memberId)))
  if (!told) await endPromiseById(tx, id, now)
  // Whatever was missed while nothing ran is told once.
  else await countNotice(tx, { id, notices }, nextNoticeAt(deps.region, now))
  return told
}

/** False if nobody waits any more. */
const tellOfRequest = async (tx: Tx, deps: Deps, late: Late, requestId: string): Promise<boolean> => {
  const request = await findRequest(tx, requestId)
  if (!request || !(isOpen(request) || isReadOutsiders(request))) return false
  const answered = (event: RequestEvent) =>
    (event.kind === 'answer' || event.kind === 'called') && event.at >= late.promise.madeAt
  // An instance of an earlier version ends no promise.
  const events = await eventsOf(tx, requestId)
  if (events.some(answered)) return false
  const { personId, territory, assignedToId } = request
  const supervisors = await supervisorsToTell(tx, deps.region, { id: requestId, territory }, late.now)
  // What waits may be kept from whoever has it, who then learns of no delay either.
  const holder = assignedToId !== null && !isKeptFromHolder(request, events) ? [assignedToId] : []
  const readers = new Set([...supervisors.map(({ id }) => id), ...holder])
  for (const staffId of readers) await deps.enqueue(tx, 'staff-news', { requestId, news: 'late', staffId })
  if (!(await isSilenced(tx, deps.sealer, request))) await push(tx, deps, late, { personId, familyId: null })
  return true
}

const isOpen = ({ status }: Request): boolean => status === 'submitted' || status === 'claimed'

const tellOfThread = async (tx: Tx, deps: Deps, late: Late, memberId: string): Promise<boolean> => {
  const { now } = late
  const member = await findMember(tx, memberId)
  const family = member && (await findFamily(tx, member.familyId))
  if (!member?.personId || !family || !(await unreadOf(tx, [memberId])).has(memberId)) return false
  await notifyStaff(tx, deps, { family, kind: 'message-late', subjectId: memberId, now })
  await push(tx, deps, late, { personId: member.personId, familyId: family.id })
  return true
}

/** Quiet hours and «не писать» are obeyed where it is sent, and whether somebody has answered meanwhile. */
const push = async (
  tx: Tx,
  { enqueue }: Deps,
  { promise, now }: Late,
  to: { personId: string; familyId: string | null },
): Promise<void> => {
  const version = promise.notices + 1
  const about = { kind: 'late', subjectId: promise.id, version, urgent: false, at: now } as const
  const [made] = await insertPushes(tx, [{ ...to, ...about, key: `late.${promise.id}.${version}` }])
  if (made) await enqueue(tx, 'push', { pushId: made.id })
}
