import type { FastifyInstance } from 'fastify'

const prefix = '/api/docs'

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

/**
 * The page on which people read the API's document. It is a script of four megabytes, 36 MiB once it is loaded, which
 * few ask for: so it is a server of its own behind these paths, made at the first visit.
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
