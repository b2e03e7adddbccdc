import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { serveApiPage } from './api-docs-page.ts'
import { completeDocument } from './openapi-codes.ts'
import { transformDocument, transformRoute } from './openapi-shape.ts'
import { documentedEvents } from './webhooks/event-documents.ts'
import { problemCodes, problemOf } from './problems.ts'

const documentPath = '/api/openapi.json'

const introduction = `The API for the systems of a family-support centre: requests, families, plans, visits, surveys and staff.

**Authentication.** Send \`Authorization: Bearer ryadom_…\`. An operator creates a key with \`npm run ryadom -- key create\`. A key has scopes, an end (a year
after its creation unless another was chosen; the header \`Key-Expires\` says when) and, usually, territories: a resource outside these territories looks the same as one that does not exist. Every access to a family's texts or contacts is audited.

**Idempotency.** A POST with an \`Idempotency-Key\` is executed once, however often it is sent within 24 hours.

**Concurrency.** Resources with an \`ETag\` are changed with \`If-Match\`. A stale tag is rejected with 412.

**Pagination.** Lists take \`limit\` (at most 200) and \`cursor\`, the \`nextCursor\` of the previous page. New rows do not shift the pages.

**Errors** are \`application/problem+json\` (RFC 9457). Each \`type\` is a stable path, \`/api/problems/<code>\`, which can be fetched:

| Code | HTTP | Meaning |
|---|---|---|
${problemCodes
  .map((code) => ({ code, ...problemOf(code) }))
  .map(({ code, status, title }) => `| \`${code}\` | ${status} | ${title} |`)
  .join('\n')}

**Webhooks** follow [Standard Webhooks](https://www.standardwebhooks.com). Payloads hold ids, numbers and codes only; use
this API to fetch the rest. Systems that cannot be reached read the same events with \`GET /events\`. An endpoint belongs to the key that created or last changed it, and gets an event only if that key has the event's scope.
`

const tags = [
  { name: 'Requests', description: 'Requests for support, from submission to closure.' },
  { name: 'Families', description: 'Families under support: members, curator, level, stage.' },
  {
    name: 'Plans',
    description: 'Versioned support plans (IPSS) of families, and their opinions about them.',
  },
  { name: 'Visits', description: 'Home visits: time, staff member and the answers of the family.' },
  { name: 'Messages', description: 'Messages between family members and staff.' },
  {
    name: 'Surveys',
    description: 'Surveys, their aggregated results and «You said, we did» items.',
  },
  { name: 'Reports', description: 'Activity counts by kind of help.' },
  { name: 'Staff', description: 'Staff members: roles, territories, duty hours, absences.' },
  { name: 'Routing', description: 'Simulation of the assignment of requests.' },
  { name: 'Webhooks', description: 'Endpoints that receive events, and their deliveries.' },
  {
    name: 'Data requests',
    description: 'What people ask about their own data: the register with its terms, answers and copies.',
  },
  { name: 'Audit', description: 'Accesses to personal data and changes of access rights.' },
]

/** Documents the routes registered after this call, and serves the documentation page. */
export const describeApi = async (
  app: FastifyInstance,
  { region, territories }: Pick<ApiDeps, 'region' | 'territories'>,
): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Ryadom staff API',
        version: '1.0.0',
        description: introduction,
        license: { name: 'MIT', identifier: 'MIT' },
        contact: { name: 'The operator of this installation' },
      },
      servers: [{ url: '/', description: 'This installation' }],
      tags,
      components: {
        securitySchemes: {
          key: {
            type: 'http',
            scheme: 'bearer',
            description: 'Create a key with `npm run ryadom -- key create …`',
          },
        },
      },
      security: [{ key: [] }],
      webhooks: documentedEvents(),
    },
    transform: transformRoute,
    transformObject: transformDocument,
  })
  app.get(documentPath, { schema: { hide: true } }, () =>
    completeDocument(app.swagger(), { region, territories: territories.all() }),
  )
  app.get<{ Params: { code: string } }>(
    '/api/problems/:code',
    { schema: { hide: true } },
    ({ params }, reply) => {
      const code = z.enum(problemCodes).safeParse(params.code)
      return code.success ? problemOf(code.data) : reply.callNotFound()
    },
  )
  serveApiPage(app, documentPath)
}
