import { z } from 'zod'
import { requestToActOn } from '#features/requests/act-on-case.ts'
import { mergeForStaff, separateForStaff } from '#features/requests/merge-requests.ts'
import { proposedForStaff } from '#features/requests/proposed-duplicates.ts'
import { isConcernOf } from '#features/staff/concern.ts'
import { findByNumber } from '#storage/requests/requests.ts'
import type { Wrong } from '../form-routes.ts'
import { type Console, form, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { wrongMarkup } from './act-page.ts'
import { withId, workers } from './card-routes.ts'
import { loadCard, loadCase } from './load-card.ts'
import { type Candidate, mergeChoicePage, mergePage, type Pair } from './merge-page.ts'
import { requestStands } from './request-standing.ts'

const both = z.object({ id: z.uuid(), other: z.uuid() })

/** Two requests about the same become one (ADR 98), for whoever could give both to somebody. */
export const registerMerge = (console: Console): void => {
  const { deps } = console
  const { database } = deps
  const card = (id: string) => `/console/requests/${id}`

  const numbered = async ({ staff }: Visit, request: string, number: string): Promise<Candidate | null> => {
    const found = await findByNumber(database, number)
    const fits = found && found.id !== request && (found.status === 'submitted' || found.status === 'claimed')
    return fits && (await isConcernOf(database, staff, found)) ? { request: found, like: [] } : null
  }

  page(
    console,
    '/console/requests/:id/merge',
    { for: workers, params: withId, query: z.object({ number: z.string().trim().min(1).max(20) }) },
    async (visit) => {
      const { staff, now, params, query } = visit
      const asked = { staff, requestId: params.id }
      await requestToActOn(database, { ...asked, right: 'give' })
      const request = await loadCase(visit, params.id)
      const proposed = await database.transaction((tx) => proposedForStaff(tx, deps, { ...asked, now }))
      const { number } = query
      return mergeChoicePage(visit, {
        ...{ request, proposed },
        asked: number === undefined ? null : { number, found: await numbered(visit, params.id, number) },
      })
    },
  )

  const pairOf = async (visit: Visit, params: z.output<typeof both>): Promise<Pair> => {
    const { staff } = visit
    for (const requestId of [params.id, params.other])
      await requestToActOn(database, { staff, requestId, right: 'give' })
    return {
      here: await loadCard(visit, params.id, false),
      other: await loadCard(visit, params.other, false),
    }
  }

  page(console, '/console/requests/:id/merge/:other', { for: workers, params: both }, async (visit) =>
    mergePage(visit, await pairOf(visit, visit.params), null),
  )

  form(
    console,
    '/console/requests/:id/merge/:other',
    {
      for: workers,
      params: both,
      fields: z.object({ keep: z.uuid(), revision: z.coerce.number().int().min(0) }),
      stands: requestStands('merge'),
      again: async (call: Visit & { params: z.output<typeof both>; wrong: Wrong }) => {
        const pair = await pairOf(call, call.params)
        const { request } = pair.here
        return mergePage(call, pair, await wrongMarkup(call, { request, rests: 'merge', wrong: call.wrong }))
      },
    },
    async (tx, { staff, now, params: { id, other }, fields: { keep } }) => {
      const keptId = keep === other ? other : id
      const duplicateId = keptId === id ? other : id
      await mergeForStaff(tx, deps, { staff, keptId, duplicateId, now })
      return { to: card(keptId), done: 'merged', undo: `/console/requests/${keptId}/separate/${duplicateId}` }
    },
  )

  form(
    console,
    '/console/requests/:id/separate/:other',
    { for: workers, params: both },
    async (tx, { staff, now, params: { id: keptId, other: duplicateId } }) => {
      await separateForStaff(tx, deps, { staff, keptId, duplicateId, now })
      return { to: card(keptId), done: 'separated' }
    },
  )
}
