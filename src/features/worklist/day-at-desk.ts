import { dataRequestsForStaff, type Listed } from '#features/data-requests/data-requests-for-staff.ts'
import { orphansFor } from '#features/families/spread-orphans.ts'
import { openIncomingForStaff } from '#features/incoming/incoming-for-staff.ts'
import type { Staff } from '#features/requests/cases.ts'
import { type QueuedRequest, queueForStaff } from '#features/requests/request-queue.ts'
import { type OpenRescue, openRescuesFor } from '#features/surveys/open-rescues.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { StoredIncoming } from '#storage/incoming/incoming.ts'
import type { Sealer } from '#storage/seal.ts'
import type { OrphanList } from '#storage/staff/staff-work.ts'
import { type Agenda, agendaOf } from './agenda.ts'

type Deps = { database: Database; region: Region; sealer: Sealer }

/** A day as one sees it at a desk: the agenda of the bot, and what waits for anybody. */
export type DayAtDesk = {
  /** Null: nothing of one's own presses. */
  agenda: Agenda | null
  /** Requests that nobody has taken, besides those that are given to the member. */
  waiting: { items: QueuedRequest[]; total: number }
  orphans: OrphanList
  rescues: OpenRescue[]
  /** Requests about data that are overdue, or due within two days. */
  dataRequests: Listed[]
  /** What others told of families, and nothing became of yet; newest first. */
  incoming: { items: StoredIncoming[]; more: boolean }
}

const mostWaiting = 10

/** What a member of staff has to do, and what of their territories nobody does. */
export const dayAtDesk = async (deps: Deps, asked: { staff: Staff; now: Date }): Promise<DayAtDesk> => {
  const { database, region } = deps
  const { staff, now } = asked
  const agenda = await agendaOf(deps, asked)
  if (staff.role === 'curator')
    return {
      agenda,
      waiting: { items: [], total: 0 },
      orphans: { families: [], visits: [] },
      rescues: [],
      dataRequests: [],
      incoming: { items: [], more: false },
    }
  const queue = await queueForStaff(database, region, staff, 0, mostWaiting)
  const told = await openIncomingForStaff(database, { staff, now, limit: mostWaiting + 1 })
  const items = queue.items.filter(({ assignedToId }) => assignedToId !== staff.id)
  return {
    agenda,
    waiting: { items, total: queue.total - (queue.items.length - items.length) },
    orphans: await orphansFor(database, region, { staff, now }),
    rescues: await openRescuesFor(database, region, { staff, now }),
    dataRequests: await pressing(database, asked),
    incoming: { items: told.slice(0, mostWaiting), more: told.length > mostWaiting },
  }
}

/** A request about data presses from two days before its term on. */
const pressesMs = 2 * 24 * 60 * 60 * 1000

const pressing = async (
  database: Database,
  { staff, now }: { staff: Staff; now: Date },
): Promise<Listed[]> => {
  const all = await dataRequestsForStaff(database, { staff }, { open: true, now })
  return all.filter(({ dueAt }) => dueAt.getTime() - now.getTime() < pressesMs)
}
