import { z } from 'zod'
import { type RequestFilter, requestOrders, requestViews } from '#features/worklist/request-list.ts'
import { deskSources } from '#storage/requests/requests.ts'
import type { Staff } from '#features/requests/cases.ts'

const flag = z.literal('1').transform(() => true)

/** The list's filter, as it stands in its address. */
export const filterSchema = z.object({
  view: z.enum(requestViews),
  territory: z.string().max(64),
  source: z.enum(['bot', ...deskSources]),
  kind: z.enum(['application', 'message']),
  urgent: flag,
  overdue: flag,
  order: z.enum(requestOrders),
  page: z.coerce.number().int().min(1).max(1000),
})

type Given = Partial<z.output<typeof filterSchema>>

/** Without a view, a specialist sees their own, and a supervisor what is open on their territories. */
export const filterOf = ({ role }: Pick<Staff, 'role'>, { page: _, ...given }: Given): RequestFilter => ({
  view: role === 'supervisor' ? 'open' : 'mine',
  order: 'pressing',
  ...given,
})

/** The address of the list with this filter. What is undefined is left out. */
export const listAddress = (filter: Partial<RequestFilter>): string => {
  const given = Object.entries(filter).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === false ? [] : [[name, value === true ? '1' : value]],
  )
  const query = new URLSearchParams(given.filter(([name, value]) => name !== 'order' || value !== 'pressing'))
  return `/console/requests?${query}`
}
