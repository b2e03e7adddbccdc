import type { FastifyReply } from 'fastify'

/**
 * Forbids caching, framing, MIME sniffing and foreign resources. `referrer-policy` is `same-origin`, because with
 * `no-referrer` browsers send `Origin: null` for forms, which then look like forged ones.
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

/** Redirects after a form, so that Back or Reload does not submit it again. */
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
