import type { FastifyInstance } from 'fastify'
import { HttpProblem } from './problems.ts'

/** Accepts JSON in UTF-8 only. A route without a body accepts the content type alone, which some clients always send. */
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

/** RFC 8259 allows only UTF-8; text in another encoding would be stored garbled. */
const isUtf8 = (type = ''): boolean => {
  const [, charset] = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type) ?? []
  return charset === undefined || /^utf-?8$/i.test(charset)
}
