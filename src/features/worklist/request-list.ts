import type { Staff } from '#features/requests/cases.ts'
import { auditFlags } from '#features/requests/request-flags.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import { isCheckOpen } from '#features/requests/safety-check.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { RequestKind, RequestSource } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import {
  countOverOfStaff,
  mostOver,
  openRequestsOfStaff,
  overRequestsOfStaff,
  type RequestOfStaff,
  type StaffScope,
} from '#storage/worklist/requests-of-staff.ts'
import type { CaseNeed } from './needs.ts'
import { pageOfWork, type WorkPage, requestsWithNeeds } from './open-work.ts'

// All requests that a member of staff may open, by what is asked for.

/** `mine`: assigned to or taken by the reader; `waiting`: nobody has taken it, or its safety is still to be checked. */
export const requestViews = ['mine', 'waiting', 'open', 'closed', 'withdrawn'] as const
export type RequestView = (typeof requestViews)[number]

export const requestOrders = ['pressing', 'newest'] as const

export type RequestFilter = {
  view: RequestView
  territory?: string | undefined
  source?: RequestSource | undefined
  kind?: RequestKind | undefined
  urgent?: boolean | undefined
  /** What is over has no terms. */
  overdue?: boolean | undefined
  order: (typeof requestOrders)[number]
}

export type ListedWork = RequestOfStaff & CaseNeed & { checkOpen: boolean; holder: string | null }

export type RequestList = WorkPage<ListedWork> & {
  /** How many each view has; of what is over no more than `mostOver`. */
  counts: Record<RequestView, number>
  /** What else can be asked for, and how many there would be; null: it is not counted. */
  facets: Facets
}

export type Facets = {
  urgent: number | null
  overdue: number | null
  territory: Map<string, number | null>
  source: Map<RequestSource, number | null>
  kind: Map<RequestKind, number | null>
}

type Deps = { database: Database; region: Region; sealer: Sealer }
type Work = RequestOfStaff & CaseNeed & { checkOpen: boolean }

export const isOver = (view: RequestView): view is 'closed' | 'withdrawn' =>
  view === 'closed' || view === 'withdrawn'

/** A page of the requests that the filter fits; what their lines tell is audited. */
export const listRequestsFor = async (
  deps: Deps,
  {
    staff,
    now,
    filter,
    page,
    size,
  }: { staff: Staff; now: Date; filter: RequestFilter; page: number; size: number },
): Promise<RequestList> => {
  const { database, region } = deps
  const territories = await territoriesServedBy(database, region, staff)
  const scope = { staffId: staff.id, territories, anybodys: staff.role === 'intake' }
  const open = await openWork(deps, scope, now)
  const over = async (status: 'closed' | 'withdrawn') => countOverOfStaff(database, scope, { status })
  const [closed, withdrawn] = [await over('closed'), await over('withdrawn')]
  const viewed = (view: RequestView) => open.filter((one) => isIn(view, one, staff.id))
  const counts = {
    mine: viewed('mine').length,
    waiting: viewed('waiting').length,
    open: open.length,
    ...{ closed, withdrawn },
  }
  const { view } = filter
  const found = isOver(view)
    ? await overPage(database, scope, { ...filter, status: view }, { page, size })
    : pageOfWork(
        sorted(
          viewed(view).filter((one) => fits(one, filter)),
          filter,
        ),
        page,
        size,
      )
  await auditFlags(database, { requests: found.items, staffId: staff.id, now })
  const holders = found.items.map(({ holderId }) => holderId).filter((id) => id !== null)
  const names = await namesOfStaff(database, [...new Set(holders)])
  const items = found.items.map((one) => ({ ...one, holder: names.get(one.holderId ?? '') ?? null }))
  const facets = isOver(view) ? uncounted(territories) : facetsOf(viewed(view), filter)
  return { ...found, items, counts, facets }
}

/** What has to be found out of a withdrawal waits for nothing else, and comes first. */
const openWork = async (deps: Deps, scope: StaffScope, now: Date): Promise<Work[]> => {
  const found = (await openRequestsOfStaff(deps.database, scope)).map((one) => ({
    ...one,
    checkOpen: isCheckOpen(one),
  }))
  const checks = found.filter(({ checkOpen }) => checkOpen).map((one) => ({ ...one, ...nothingDue }))
  return [
    ...checks,
    ...(await requestsWithNeeds(
      deps,
      found.filter(({ checkOpen }) => !checkOpen),
      now,
    )),
  ]
}

const nothingDue: CaseNeed = { need: 'none', late: false, deadline: null, due: new Date(8.64e15) }

const isIn = (view: RequestView, { status, checkOpen, ...one }: Work, staffId: string): boolean => {
  if (view === 'mine') return one.assignedToId === staffId || one.claimedById === staffId
  return view === 'waiting' ? status === 'submitted' || checkOpen : true
}

const fits = (
  one: Work,
  { territory, source, kind, urgent, overdue }: Omit<RequestFilter, 'view' | 'order'>,
) =>
  (territory === undefined || one.territory === territory) &&
  (source === undefined || one.source === source) &&
  (kind === undefined || one.kind === kind) &&
  (!urgent || one.urgent) &&
  (!overdue || one.need === 'overdue')

const sorted = (found: readonly Work[], { order }: RequestFilter): readonly Work[] =>
  order === 'pressing' ? found : found.toSorted((a, b) => b.submittedAt.getTime() - a.submittedAt.getTime())

const facetsOf = (all: readonly Work[], filter: RequestFilter): Facets => {
  const count = (change: Partial<RequestFilter>) =>
    all.filter((one) => fits(one, { ...filter, ...change })).length
  const each = <K extends 'territory' | 'source' | 'kind'>(name: K) =>
    new Map([...new Set(all.map((one) => one[name]))].sort().map((code) => [code, count({ [name]: code })]))
  return {
    urgent: count({ urgent: true }),
    overdue: count({ overdue: true }),
    territory: each('territory'),
    source: each('source'),
    kind: each('kind'),
  }
}

const uncounted = (territories: readonly string[]): Facets => ({
  urgent: null,
  overdue: null,
  territory: new Map(territories.map((code) => [code, null])),
  source: new Map(),
  kind: new Map(),
})

const overPage = async (
  database: Database,
  scope: StaffScope,
  filter: RequestFilter & { status: 'closed' | 'withdrawn' },
  { page, size }: { page: number; size: number },
): Promise<WorkPage<Work>> => {
  const total = await countOverOfStaff(database, scope, filter)
  const pages = Math.max(1, Math.ceil(Math.min(total, mostOver) / size))
  const shown = Math.min(page, pages - 1)
  const found = await overRequestsOfStaff(database, scope, filter, { limit: size, offset: shown * size })
  return {
    items: found.map((one) => ({ ...one, ...nothingDue, checkOpen: isCheckOpen(one) })),
    total,
    page: shown,
    pages,
  }
}
