import { z } from 'zod'
import { pageOfRequests } from '#features/worklist/open-work.ts'
import { type Console, page } from '../routes.ts'
import { requestListPage } from './request-list-page.ts'

const workers = ['intake', 'supervisor'] as const
const pageSize = 25

/** «Обращения». */
export const registerRequests = (console: Console): void => {
  const { deps } = console
  console.served.add('requests')

  page(
    console,
    '/console/requests',
    { for: workers, query: z.object({ page: z.coerce.number().int().min(1).max(1000) }) },
    async (visit) => {
      const { staff, now, query } = visit
      const found = await pageOfRequests(deps, { staff, now, page: (query.page ?? 1) - 1, size: pageSize })
      return requestListPage(visit, found)
    },
  )
}
