import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import { auditFlags } from '#features/requests/request-flags.ts'
import { type ListedStaff, staffInReach } from '#features/staff/staff-for-supervisor.ts'
import type { Region } from '#regions/schema.ts'
import {
  answersByMonth,
  type MonthOfAnswers,
  type MonthOfTerms,
  type StageFigures,
  stageFigures,
  termsByMonth,
} from '#storage/board/board-figures.ts'
import {
  countNotVisited,
  countWaiting,
  listWaiting,
  type WaitingRequest,
} from '#storage/board/board-lists.ts'
import type { Database, Reader } from '#storage/database.ts'
import { openRequestsKeptFrom } from '#storage/requests/request-events.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import { askedVisits } from './asked-visits.ts'
import type { keepFigures } from './kept-figures.ts'

type Deps = { database: Database; region: Region }
type Asking = { staff: StaffMember; now: Date }

/** Figures over all families of the territories. */
export type WholeFigures = {
  stages: StageFigures[]
  months: MonthOfTerms[]
  answers: MonthOfAnswers[]
  notVisited: number
}

export type Board = WholeFigures & {
  waiting: { total: number; longest: WaitingRequest[] }
  load: ListedStaff[]
}

/** So many months are shown, with the present one. */
const monthsShown = 6
const longestShown = 5

/** What a supervisor sees of a board: territories, and requests that are kept from them. Throws `not-found` for anybody else. */
export const boardScope = async (
  { database, region }: { database: Reader; region: Region },
  { staff }: Pick<Asking, 'staff'>,
): Promise<{ territories: string[]; without: string[] }> => {
  if (!staff.active || staff.role !== 'supervisor') throw new DomainError('not-found')
  const territories = await territoriesServedBy(database, region, staff)
  const without = (await openRequestsKeptFrom(database, staff.id)).map(({ id }) => id)
  return { territories, without }
}

/** The board of a supervisor. That a minor or somebody in danger is among those who wait longest is audited, as in any list. */
export const boardOf = async (
  deps: Deps & {
    figures: ReturnType<typeof keepFigures<WholeFigures>>
    loads: ReturnType<typeof keepFigures<ListedStaff[]>>
  },
  asking: Asking,
): Promise<Board> => {
  const { database } = deps
  const { staff, now } = asking
  const scope = await boardScope(deps, asking)
  const key = [dayAt(now, deps.region.timeZone).toString(), ...scope.territories].join(' ')
  const whole = await deps.figures(key, () => wholeFigures(deps, scope.territories, now))
  const longest = await listWaiting(database, { ...scope, offset: 0, limit: longestShown })
  await auditFlags(database, { requests: longest, staffId: staff.id, now })
  // What is kept from a supervisor does not count for them, so everybody has figures of their own.
  const items = await deps.loads(staff.id, async () => (await staffInReach(deps, asking)).items)
  return {
    ...whole,
    waiting: { total: await countWaiting(database, scope), longest },
    load: items.filter(({ member }) => member.active),
  }
}

const wholeFigures = async (
  { database, region }: Deps,
  territories: readonly string[],
  now: Date,
): Promise<WholeFigures> => {
  const today = dayAt(now, region.timeZone)
  const from = today.with({ day: 1 }).subtract({ months: monthsShown - 1 })
  const since = new Date(from.toZonedDateTime(region.timeZone).epochMilliseconds)
  const asked = askedVisits(region, now)
  // One after the other: a page must not take all connections.
  const stages = await stageFigures(database, { territories, today: today.toString() })
  const months = await termsByMonth(database, { territories, from: from.toString(), today: today.toString() })
  const answers = await answersByMonth(database, { territories, since, timeZone: region.timeZone })
  const notVisited = await countNotVisited(database, { territories, asked })
  const order = (stage: string) => region.stages.indexOf(stage)
  return { stages: stages.toSorted((a, b) => order(a.stage) - order(b.stage)), months, answers, notVisited }
}
