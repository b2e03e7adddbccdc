/** What some answers bear in their head. */
export type ResponseHeader = 'etag' | 'location'

const text = (description: string) => ({ type: 'string', description })
const count = (description: string) => ({ type: 'integer', description })

const own = {
  etag: { ETag: text('Revision of what is shown, for `If-Match`') },
  location: { Location: text('Where to find what was made') },
} satisfies Record<ResponseHeader, object>

const ofLimit = {
  'RateLimit-Limit': count('Calls a minute that the key may make'),
  'RateLimit-Remaining': count('How many of them are left'),
  'RateLimit-Reset': count('In how many seconds there are all of them again'),
}

const ofRefusals = {
  ...ofLimit,
  'Retry-After': count('With 429 and 503: in how many seconds to try again'),
  'WWW-Authenticate': text('With 401: `Bearer`'),
}

/** The responses of a route with the headers that they bear, as @fastify/swagger takes them. */
export const withResponseHeaders = (
  responses: Record<string, object>,
  responseHeaders: readonly ResponseHeader[],
): Record<string, object> =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const headers =
        status === 'default'
          ? ofRefusals
          : Object.assign({}, ofLimit, ...responseHeaders.map((name) => own[name]))
      return [status, { ...response, headers }]
    }),
  )
