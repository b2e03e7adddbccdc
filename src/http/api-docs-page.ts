import type { FastifyInstance } from 'fastify'

const prefix = '/api/docs'

/** The favicon of the documentation page. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="13" fill="#12635f"/>' +
    '<path d="M9 38V22l15-13 15 13v16z" fill="#fdf6e7"/><path d="M20 38V27h8v11z" fill="#f3b04b"/></svg>',
)}`

/** Content security policy of the documentation page: no foreign origins. */
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

/**
 * Serves the documentation page of the API. Its script has four megabytes, 36 MiB when loaded, and few people visit it, so
 * it is a server of its own behind these paths, created at the first visit.
 */
export const serveApiPage = (app: FastifyInstance, documentPath: string): void => {
  let page: Promise<FastifyInstance> | undefined
  app.addHook('onClose', async () => void (await (await page)?.close()))
  for (const url of [prefix, `${prefix}/*`])
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      page ??= openPage(documentPath)
      const { routing } = await page
      reply.hijack()
      routing(request.raw, reply.raw)
    })
}

const openPage = async (documentPath: string): Promise<FastifyInstance> => {
  const [{ fastify }, { default: reference }] = await Promise.all([
    import('fastify'),
    import('@scalar/fastify-api-reference'),
  ])
  const page = fastify()
  page.addHook('onRequest', async (_, reply) => {
    reply.headers({ 'content-security-policy': pagePolicy, 'x-content-type-options': 'nosniff' })
  })
  await page.register(reference, {
    routePrefix: prefix,
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
  await page.ready()
  return page
}
