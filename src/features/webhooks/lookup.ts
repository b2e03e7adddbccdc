import { Resolver } from 'node:dns/promises'

/** All addresses of a name; throws where it has none. */
export type Lookup = (host: string) => Promise<string[]>

export class NotResolved extends Error {
  override name = 'NotResolved'
  readonly code = 'not-resolved'
}

const resolver = new Resolver({ timeout: 2_000, tries: 2 })

/**
 * Asks DNS itself. The system's own lookup runs in the few threads of the process: one name whose server is silent
 * would hold up everybody else's. What it knows besides DNS, the names of inner networks, is of no use here.
 */
export const lookupAll: Lookup = async (host) => {
  if (host === 'localhost') return ['127.0.0.1', '::1']
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  if (addresses.length === 0) throw new NotResolved('no address', { cause: answers })
  return addresses
}
