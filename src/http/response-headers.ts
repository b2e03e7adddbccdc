/** Headers that some successful responses carry. */
export type ResponseHeader = 'etag' | 'location'

/** When the caller's key ends, on every response to a valid key. */
export const keyExpiresHeader = 'Key-Expires'

const text = (description: string) => ({ type: 'string', description })
const count = (description: string) => ({ type: 'integer', description })

const own = {
  etag: { ETag: text('Revision of the resource, for `If-Match`') },
  location: { Location: text('Path of the created resource') },
} satisfies Record<ResponseHeader, object>

const ofLimit = {
  'RateLimit-Limit': count('Calls per minute allowed for the key'),
  'RateLimit-Remaining': count('Calls left in the current window'),
  'RateLimit-Reset': count('Seconds until the window resets'),
}

const ofKey = { ...ofLimit, [keyExpiresHeader]: text('When the key expires (ISO 8601, UTC)') }

const ofRefusals = {
  ...ofKey,
  'Retry-After': count('With 429 and 503: seconds to wait before a retry'),
  'WWW-Authenticate': text('With 401: `Bearer`'),
}

/** Adds the headers to the responses of a route, in the form that @fastify/swagger expects. */
export const withResponseHeaders = (
  responses: Record<string, object>,
  responseHeaders: readonly ResponseHeader[],
): Record<string, object> =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const headers =
        status === 'default'
          ? ofRefusals
          : Object.assign({}, ofKey, ...responseHeaders.map((name) => own[name]))
      return [status, { ...response, headers }]
    }),
  )
