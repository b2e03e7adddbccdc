import type { SwaggerTransform, SwaggerTransformObject } from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { withResponseHeaders } from './response-headers.ts'

const responsesSchema = z.record(z.string(), z.looseObject({}))
const headersSchema = z.looseObject({ properties: z.record(z.string(), z.unknown()) })

/**
 * Transforms a route for the document. A required `If-Match` is optional for zod, because its absence has a status
 * of its own (428), and is marked as required here.
 */
export const transformRoute: SwaggerTransform = (given) => {
  const { schema: plain, url } = jsonSchemaTransform(given)
  const { responseHeaders, ifMatch } = given.route?.config ?? {}
  const response = responsesSchema.safeParse(plain?.response)
  const schema =
    response.success && responseHeaders
      ? { ...plain, response: withResponseHeaders(response.data, responseHeaders) }
      : plain
  const headers = headersSchema.safeParse(schema?.headers)
  if (ifMatch !== 'required' || !headers.success) return { schema, url }
  return { schema: { ...schema, headers: { ...headers.data, required: ['if-match'] } }, url }
}

/** Removes unreferenced schemas: the generator makes each one for requests and for responses. */
export const transformDocument: SwaggerTransformObject = (given) => {
  const document = jsonSchemaTransformObject(given)
  if (!('components' in document && 'paths' in document)) return document
  const { schemas = {} } = document.components ?? {}
  const named = new Set<string>()
  const follow = (part: unknown) => {
    for (const name of namesIn(part)) {
      if (named.has(name)) continue
      named.add(name)
      follow(schemas[name])
    }
  }
  follow(document.paths)
  for (const name of Object.keys(schemas)) if (!named.has(name)) delete schemas[name]
  return document
}

const namesIn = (part: unknown): string[] =>
  [...JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name = '']) => name,
  )
