import type { FastifyInstance } from 'fastify'
import { HttpProblem } from './problems.ts'

/** Reads JSON in UTF-8, and nothing else. A call that takes no body may bear the type of one: some clients always do. */
export const readJsonBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    const { schema, config } = request.routeOptions
    if (!isUtf8(request.headers['content-type'])) return done(new HttpProblem('media-type'))
    if (body === '' && config.scope !== undefined && !schema?.body) return done(null, undefined)
    return parse(request, body, done)
  })
}

/** JSON knows no other encoding (RFC 8259); read as UTF-8, words in another one would be kept garbled. */
const isUtf8 = (type = ''): boolean => {
  const [, charset] = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type) ?? []
  return charset === undefined || /^utf-?8$/i.test(charset)
}
