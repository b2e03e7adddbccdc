import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Download } from './visit.ts'

/**
 * Forbids caching, framing, MIME sniffing, foreign resources, and scripts within pages: those of the console are files of its
 * own. `referrer-policy` is `same-origin`, because with `no-referrer` browsers send `Origin: null` for forms.
 */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
}

export const sendHtml = (reply: FastifyReply, page: string, status = 200): FastifyReply =>
  reply.code(status).headers(securityHeaders).type('text/html; charset=utf-8').send(page)

/** For a script of the console that needs no page. */
export const sendNothing = (reply: FastifyReply, status: 204 | 403 | 422): FastifyReply =>
  reply.code(status).headers(securityHeaders).send()

/** The same with data. */
export const sendJson = (reply: FastifyReply, data: object): FastifyReply =>
  reply.headers(securityHeaders).type('application/json; charset=utf-8').send(JSON.stringify(data))

/** Redirects after a form, so that Back or Reload does not submit it again. */
export const seeOther = (reply: FastifyReply, path: string): FastifyReply =>
  reply.code(303).headers(securityHeaders).header('location', path).send()

/** A file of the console itself, which changes with the version only: `?v=` names it. */
export const sendAsset = (
  reply: FastifyReply,
  { type, content }: { type: string; content: string },
): FastifyReply =>
  reply
    .headers({ ...securityHeaders, 'cache-control': 'public, max-age=31536000, immutable' })
    .type(type)
    .send(content)

/** A file to keep, under its own name (RFC 6266). */
export const sendDownload = (reply: FastifyReply, { name, type, content }: Download): FastifyReply =>
  reply
    .headers(securityHeaders)
    .type(type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(bodyOf(content))

const bodyOf = (content: Download['content']): string | Buffer | Readable => {
  if (typeof content === 'string') return content
  return typeof content === 'function' ? Readable.from(fetched(content)) : Buffer.from(content)
}

/** A file that the channel keeps did not come: it is away, or has the file no more. */
export class FileAway extends Error {
  override name = 'FileAway'
}

async function* fetched(fetch: () => Promise<Uint8Array>) {
  try {
    yield Buffer.from(await fetch())
  } catch (cause) {
    throw new FileAway('a file did not come', { cause })
  }
}
