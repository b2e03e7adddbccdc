import { openIncomingForStaff } from '#features/incoming/incoming-for-staff.ts'
import { listRequestsFor } from '#features/worklist/request-list.ts'
import { type Console, page } from '../routes.ts'
import { registerActs } from './act-routes.ts'
import { registerCard, workers } from './card-routes.ts'
import { registerDecide } from './decide-routes.ts'
import { registerMerge } from './merge-routes.ts'
import { registerNew } from './new-routes.ts'
import { filterOf, filterSchema } from './request-filter.ts'
import { registerReadyReplies } from './replies-page.ts'
import { mostCounted, requestListPage } from './request-list-page.ts'
import { registerWords } from './word-routes.ts'

const pageSize = 25

/** «Обращения». */
export const registerRequests = (console: Console): void => {
  const { deps } = console
  console.served.add('requests')

  page(console, '/console/requests', { for: workers, query: filterSchema }, async (visit) => {
    const { staff, now, query } = visit
    const filter = filterOf(staff, query)
    const place = { page: (query.page ?? 1) - 1, size: pageSize }
    const waiting = await openIncomingForStaff(deps.database, { staff, now, limit: mostCounted + 1 })
    const found = await listRequestsFor(deps, { staff, now, filter, ...place })
    return requestListPage(visit, found, { filter, incoming: waiting.length })
  })
  registerNew(console)
  registerCard(console)
  registerWords(console)
  registerReadyReplies(console)
  registerActs(console)
  registerMerge(console)
  registerDecide(console)
}
