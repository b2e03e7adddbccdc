import swagger from '@fastify/swagger'
import reference from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { transformDocument, transformRoute } from './openapi-shape.ts'
import { problemCodes, problemOf } from './problems.ts'

const documentPath = '/api/openapi.json'

const introduction = `What the centre's own systems and people do with requests for support.

**Keys.** \`Authorization: Bearer ryadom_…\`; an operator makes one with \`npm run ryadom -- key create\`. A key has scopes and, as a rule, territories: what lies
in another territory looks exactly like what does not exist. Every sight of a family's words or contacts is audited.

**Repeating a call.** A POST with an \`Idempotency-Key\` is done once, however often it is sent within 24 hours.

**Two people at once.** What carries an \`ETag\` is changed with \`If-Match\`; a stale one is refused with 412.

**Pages.** \`limit\` (at most 200) and \`cursor\`: the \`nextCursor\` of the page before. Rows that appear meanwhile move nothing.

**Refusals** are \`application/problem+json\` (RFC 9457). Each \`type\` is stable, \`/api/problems/<code>\`, and can be opened:

| Code | HTTP | Meaning |
|---|---|---|
${problemCodes
  .map((code) => ({ code, ...problemOf(code) }))
  .map(({ code, status, title }) => `| \`${code}\` | ${status} | ${title} |`)
  .join('\n')}

**Webhooks** follow [Standard Webhooks](https://www.standardwebhooks.com). Their payloads hold ids, numbers and codes only; whatever else is needed
is asked for here.
`

const tags = [
  { name: 'Requests', description: 'Requests for support, from their submission to their end.' },
  { name: 'Families', description: 'Families under support: members, curator, level, stage.' },
  { name: 'Plans', description: 'The IPSS of a family, version by version, and what the family says of it.' },
  { name: 'Visits', description: "Curators' visits: when, who comes, and what the family answered." },
  { name: 'Messages', description: 'What members of families and the staff write to each other.' },
  {
    name: 'Surveys',
    description: 'What families are asked, what they answered in sum, and what became of it.',
  },
  { name: 'Reports', description: 'Counts, by kind of help.' },
  { name: 'Staff', description: 'Who works with families: roles, territories, hours, absences.' },
  { name: 'Routing', description: 'Who would be given a request, and why.' },
  { name: 'Webhooks', description: "Where the centre's systems are told of events, and how that went." },
  { name: 'Audit', description: 'Who saw what, and who changed who may.' },
]

/** The product's house, as the tab of the page shows it. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="13" fill="#12635f"/>' +
    '<path d="M9 38V22l15-13 15 13v16z" fill="#fdf6e7"/><path d="M20 38V27h8v11z" fill="#f3b04b"/></svg>',
)}`

/** What the page with the document may do: nothing comes from elsewhere, nothing is sent elsewhere. */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Collects the routes that are registered from now on: the document, and the page on which people read it. */
export const describeApi = async (app: FastifyInstance): Promise<void> => {
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
          key: { type: 'http', scheme: 'bearer', description: 'npm run ryadom -- key create …' },
        },
      },
      security: [{ key: [] }],
    },
    transform: transformRoute,
    transformObject: transformDocument,
  })
  app.get(documentPath, { schema: { hide: true } }, () => app.swagger())
  app.get<{ Params: { code: string } }>(
    '/api/problems/:code',
    { schema: { hide: true } },
    ({ params }, reply) => {
      const code = z.enum(problemCodes).safeParse(params.code)
      return code.success ? problemOf(code.data) : reply.callNotFound()
    },
  )
  await app.register(async (page) => {
    page.addHook('onRequest', async (_, reply) => {
      reply.headers({ 'content-security-policy': pagePolicy, 'x-content-type-options': 'nosniff' })
    })
    await page.register(reference, {
      routePrefix: '/api/docs',
      configuration: {
        url: documentPath,
        pageTitle: 'Ryadom: staff API',
        favicon: icon,
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
        showDeveloperTools: 'never',
        agent: { disabled: true },
        mcp: { disabled: true },
      },
    })
  })
}
