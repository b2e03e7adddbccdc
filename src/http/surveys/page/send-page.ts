import type { FastifyReply } from 'fastify'

/**
 * Nothing is kept, framed, guessed or fetched from elsewhere. The referrer stays here: with none at all browsers do not
 * say where a form of ours comes from, and a forged one could not be told from it.
 */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
}

export const sendPage = (reply: FastifyReply, page: string, status = 200): FastifyReply =>
  reply.code(status).headers(securityHeaders).type('text/html; charset=utf-8').send(page)

/** After a form: the browser asks again, and turning back sends nothing twice. */
export const seeOther = (reply: FastifyReply, path: string): FastifyReply =>
  reply.code(303).headers(securityHeaders).header('location', path).send()

export const sendStyle = (reply: FastifyReply, style: string): FastifyReply =>
  reply
    .headers({ ...securityHeaders, 'cache-control': 'no-cache' })
    .type('text/css; charset=utf-8')
    .send(style)

export const sendFile = (
  reply: FastifyReply,
  { name, type, content }: { name: string; type: string; content: string | Uint8Array },
): FastifyReply =>
  reply
    .headers(securityHeaders)
    .type(type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(typeof content === 'string' ? content : Buffer.from(content))
