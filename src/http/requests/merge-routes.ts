import { z } from 'zod'
import { lockBoth, mergeRequests, separateRequests } from '#features/requests/merge-requests.ts'
import { proposedForCaller } from '#features/requests/proposed-duplicates.ts'
import { requestForCaller, showRequest } from '#features/requests/requests-api.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import type { Tx } from '#storage/database.ts'
import { duplicatesOf, keptOf } from '#storage/requests/duplicates.ts'
import { lockRequest } from '#storage/requests/requests.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { requestSchema, toRequest } from './request-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const named = z.strictObject({ id: z.uuid(), number: z.string() })
const body = z.strictObject({ duplicateId: z.uuid().describe('The request that is closed') })

const duplicatesSchema = z
  .strictObject({
    keptId: z.uuid().nullable().describe('If it is a duplicate itself: the request that stays'),
    merged: z.array(named).describe('Requests that are closed as its duplicates'),
    proposed: z
      .array(named.extend({ like: z.array(z.enum(['account', 'phone', 'name'])) }))
      .describe('Open requests that could be merged with it, and what both have in common'),
  })
  .meta({ id: 'RequestDuplicates' })

/** Both within the key's territories. */
const lockTwo = (tx: Tx, caller: Caller, ids: { keptId: string; duplicateId: string }) =>
  lockBoth(ids, (id) =>
    requestForCaller(tx, { caller, id }, (reader, one) => lockRequest(reader, one, caller.territories)),
  )

export const serveMerges = (api: Api): void => {
  readRoute(
    api,
    'GET /requests/:id/duplicates',
    'requests:details',
    {
      operationId: 'listRequestDuplicates',
      tag: 'Requests',
      summary: 'Lists the duplicates of a request, and which open requests may be duplicates',
      description:
        "By the account, the phone, or a name of at least two words. Never a child's beside an adult's. Audited as `people.searched`.",
      params,
      answer: duplicatesSchema,
      audited: true,
    },
    ({ deps, caller, params: { id }, now }) =>
      deps.database.transaction(async (tx) => {
        const request = await requestForCaller(tx, { caller, id })
        const merged = await duplicatesOf(tx, id)
        const proposed = await proposedForCaller(tx, deps, { request, caller, now })
        return {
          body: {
            keptId: (await keptOf(tx, id))?.id ?? null,
            merged: merged.map((one) => ({ id: one.id, number: one.number })),
            proposed: proposed.map(({ request: one, like }) => ({ id: one.id, number: one.number, like })),
          },
        }
      }),
  )

  const steps = [
    {
      route: 'POST /requests/:id/merge',
      operationId: 'mergeRequest',
      summary: 'Closes another open request as a duplicate of this one',
      description:
        'Words, flags and safety of the duplicate are read with this one, which becomes urgent with it and keeps the earlier term. 409 ' +
        "`not-allowed`: a child's request is never merged with an adult's, nor that of an account that would be left without an answer; " +
        'of two the claimed one stays. For ten minutes `separateRequest` takes it back. Audited as `request.merged`.',
      take: mergeRequests,
    },
    {
      route: 'POST /requests/:id/separate',
      operationId: 'separateRequest',
      summary: 'Takes a merge back within ten minutes',
      description: 'Both stand as before. Audited as `request.separated`.',
      take: separateRequests,
    },
  ] as const

  for (const { route, take, ...spec } of steps)
    writeRoute(
      api,
      route,
      'requests:write',
      {
        ...spec,
        ...{ tag: 'Requests', params, body, answer: requestSchema },
        ...{ responseHeaders: ['etag'], localized: true },
      },
      async (tx, { deps, caller, params: { id }, body: { duplicateId }, now, say }) => {
        const both = await lockTwo(tx, caller, { keptId: id, duplicateId })
        await take(tx, deps, { ...both, by: { apiKeyId: caller.keyId }, now })
        return toRequest(say, await showRequest(tx, { caller, id, now }))
      },
    )
}
