import { readdir, readFile } from 'node:fs/promises'
import { extname, posix, join, relative, sep } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

const policy = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Serves the page's files, each read when it is first asked for: `/` is index.html, all others by path. */
export const servePage = async (app: FastifyInstance, dir: string): Promise<void> => {
  const files = await filesIn(dir)
  const kept = new Map<string, Promise<Buffer>>()
  const send = async (reply: FastifyReply, path: string) => {
    const file = files.get(path)
    if (!file) return reply.callNotFound()
    const bytes = kept.get(path) ?? readFile(file)
    kept.set(path, bytes)
    return reply
      .type(types[extname(file)] ?? '')
      .header('content-security-policy', policy)
      .send(await bytes)
  }
  app.get('/', (_, reply) => send(reply, '/index.html'))
  // A route of each folder and not of each file: a world of the tests has a page, too, which nobody opens.
  const named = `:name(^.+\\.(?:${Object.keys(types)
    .map((type) => type.slice(1))
    .join('|')})$)`
  for (const folder of new Set([...files.keys()].map((path) => posix.dirname(path))))
    app.get<{ Params: { name: string } }>(posix.join(folder, named), ({ params }, reply) =>
      send(reply, posix.join(folder, params.name)),
    )
}

/** Paths of the page, and where they lie. */
const filesIn = async (dir: string): Promise<Map<string, string>> => {
  const found = await readdir(dir, { recursive: true, withFileTypes: true })
  const ours = found.filter(
    (one) => one.isFile() && types[extname(one.name)] !== undefined && one.name !== 'jsconfig.json',
  )
  return new Map(
    ours
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [`/${relative(dir, file).split(sep).join('/')}`, file]),
  )
}
