import { Resolver } from 'node:dns/promises'

/** Resolves all addresses of a host name; throws if there are none. */
export type Lookup = (host: string) => Promise<string[]>

export class NotResolved extends Error {
  override name = 'NotResolved'
  readonly code = 'not-resolved'
}

const resolver = new Resolver({ timeout: 2_000, tries: 2 })

/**
 * Queries DNS directly. The system resolver runs in libuv's few threads, where one name with an unresponsive
 * server would block every other lookup. Names that only the system resolver knows, those of internal
 * networks, must not be reached anyway.
 */
export const lookupAll: Lookup = async (host) => {
  if (host === 'localhost') return ['127.0.0.1', '::1']
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  if (addresses.length === 0) throw new NotResolved('no address', { cause: answers })
  return addresses
}
