import { z } from 'zod'
import { seenBy } from '#features/staff/audit-seen.ts'
import type { SeenData } from '#storage/staff/audit.ts'
import { seenActions } from '#storage/staff/audit-actions.ts'
import { instant } from '../instant.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { type Api, readRoute } from '../staff-route.ts'

const seenSchema = z
  .strictObject({
    familyId: z.uuid().nullable(),
    familyNumber: z.int().nullable(),
    requestId: z.uuid().nullable(),
    requestNumber: z.string().nullable(),
    actions: z.array(z.enum(seenActions)),
    times: z.int().describe('How often'),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
  })
  .describe('Both ids are null for what is about many families, such as an export of survey answers')
  .meta({ id: 'SeenData' })

const cursor = cursorFor('seen', z.string().regex(/^[0-9a-f-]{1,36}$/))

export const serveAuditSeen = (api: Api): void =>
  readRoute(
    api,
    'GET /audit/seen',
    'audit:seen',
    {
      operationId: 'listSeenData',
      tag: 'Audit',
      summary: 'Lists whose data a staff member or key has opened, by family and request',
      description:
        'A key limited to territories sees what was opened of their requests and families. Asking is audited (`audit.seen`).',
      query: z.strictObject({
        ...pageQuery,
        by: z.uuid().describe('A staff member or key'),
        since: instant,
      }),
      answer: pageOf(seenSchema).meta({ id: 'SeenDataPage' }),
      audited: true,
    },
    async ({ deps, caller, now, query: { limit, cursor: after, by, since } }) => {
      const rows = await deps.database.transaction((tx) =>
        seenBy(tx, {
          actorId: by,
          since,
          territories: caller.territories,
          after: cursor.read(after),
          limit: limit + 1,
          apiKeyId: caller.keyId,
          now,
        }),
      )
      const items = rows.slice(0, limit)
      const last = items.at(-1)
      return {
        body: {
          items: items.map(toSeen),
          nextCursor: rows.length > limit && last ? cursor.write(last.place) : null,
        },
      }
    },
  )

const toSeen = ({ place: _, firstAt, lastAt, ...rest }: SeenData): z.output<typeof seenSchema> => ({
  ...rest,
  firstAt: firstAt.toISOString(),
  lastAt: lastAt.toISOString(),
})
