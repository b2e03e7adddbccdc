import { z } from 'zod'
import { type AuditEntry, listAudit } from '#storage/staff/audit.ts'
import { auditActions } from '#storage/staff/audit-actions.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { type Api, readRoute } from '../staff-route.ts'

const entrySchema = z
  .strictObject({
    id: z.string(),
    at: z.iso.datetime(),
    action: z.enum(auditActions),
    staffId: z.uuid().nullable().describe('The staff member who acted in the bot'),
    apiKeyId: z
      .uuid()
      .nullable()
      .describe('The key that acted through the API. Both are null for an operator at the command line.'),
    requestId: z.uuid().nullable(),
    familyId: z.uuid().nullable(),
    subjectId: z.uuid().nullable().describe('The staff member, key or endpoint that was changed'),
  })
  .meta({ id: 'AuditEntry' })

const cursor = cursorFor('audit', z.string().regex(/^\d{1,18}$/))

export const serveAudit = (api: Api): void =>
  readRoute(
    api,
    'GET /audit',
    'audit:read',
    {
      operationId: 'listAudit',
      tag: 'Audit',
      summary: 'Lists accesses to personal data and changes of access rights, newest first',
      description:
        'A key limited to territories sees entries about their requests and families, and about staff who serve one of them.',
      query: z.strictObject({
        ...pageQuery,
        requestId: z.uuid().optional(),
        familyId: z.uuid().optional(),
        staffId: z.uuid().optional(),
        action: z.enum(auditActions).optional(),
      }),
      answer: pageOf(entrySchema).meta({ id: 'AuditPage' }),
    },
    async ({ deps, caller, query: { limit, cursor: after, ...filter } }) => {
      const before = cursor.read(after)
      const rows = await listAudit(deps.database, {
        ...filter,
        territories: caller.territories,
        before: before === undefined ? undefined : BigInt(before),
        limit: limit + 1,
      })
      const items = rows.slice(0, limit)
      const last = items.at(-1)
      return {
        body: {
          items: items.map(toEntry),
          nextCursor: rows.length > limit && last ? cursor.write(String(last.id)) : null,
        },
      }
    },
  )

const toEntry = ({ id, at, ...rest }: AuditEntry): z.output<typeof entrySchema> => ({
  ...rest,
  id: String(id),
  at: at.toISOString(),
})
