import type { FastifyReply } from 'fastify'
import { type AskedPart, partOf } from './part-of-file.ts'
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

/** A file to keep, under its own name (RFC 6266), or the part of it that was asked for. */
export const sendDownload = (
  reply: FastifyReply,
  { name, type, tag }: Omit<Download, 'content'>,
  bytes: Buffer,
  asked: AskedPart,
): FastifyReply => {
  reply
    .headers(securityHeaders)
    .type(type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  if (tag === undefined) return reply.send(bytes)
  const size = bytes.length
  const part = partOf(asked, { size, tag })
  reply.headers({ 'accept-ranges': 'bytes', etag: tag })
  if (part === 'whole') return reply.send(bytes)
  if (part === 'nowhere') return reply.code(416).header('content-range', `bytes */${size}`).send()
  const { from, to } = part
  return reply
    .code(206)
    .header('content-range', `bytes ${from}-${to}/${size}`)
    .send(bytes.subarray(from, to + 1))
}

/** A file that the channel keeps did not come: it is away, or has the file no more. */
export class FileAway extends Error {
  override name = 'FileAway'
}

/** The whole of a file. Throws `FileAway`. */
export const bytesOf = async ({ content }: Pick<Download, 'content'>): Promise<Buffer> => {
  if (typeof content !== 'function') return Buffer.from(content)
  try {
    return Buffer.from(await content())
  } catch (cause) {
    throw new FileAway('a file did not come', { cause })
  }
}
