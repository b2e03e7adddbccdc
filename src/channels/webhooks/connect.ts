import { isIP } from 'node:net'
import type { buildConnector } from 'undici'
import { buildConnector as createConnector } from '#core/http-client.ts'
import { type GuardSettings, refusalOf } from '#features/webhooks/ssrf-guard.ts'
import { lookupAll } from '#features/webhooks/lookup.ts'

/** The name resolves to an address that webhooks may not reach; no connection was made. */
class AddressRefused extends Error {
  override name = 'AddressRefused'
  readonly code = 'address-refused'
}

const connectMs = 5_000
/** A name may have any number of addresses; three are tried within the time of an attempt. */
const mostAddresses = 3

/**
 * A connector for undici against SSRF: resolves the name, requires every address to be allowed, and connects to such
 * an address directly. There is no second DNS lookup that could return another address; the certificate and the Host
 * header still use the name.
 */
export const guardedConnector = (settings: GuardSettings): buildConnector.connector => {
  const { lookup = lookupAll } = settings
  const connect = createConnector({ allowH2: false, timeout: connectMs })

  const addressesOf = async ({ hostname, protocol, port }: buildConnector.Options): Promise<string[]> => {
    const host = hostname.replace(/^\[|\]$/g, '')
    const addresses = isIP(host) === 0 ? await lookup(host) : [host]
    if (
      addresses.length === 0 ||
      addresses.some((address) => refusalOf(address, { protocol, hostname, port }, settings) !== null)
    )
      throw new AddressRefused('address refused')
    return addresses
  }

  const connectTo = (options: buildConnector.Options, address: string) =>
    new Promise<Socket>((resolve, reject) => {
      const name = options.servername ?? (isIP(options.hostname) === 0 ? options.hostname : undefined)
      const pinned = { ...options, hostname: address }
      // Without TLS the server name is not needed, and undici would connect to it instead of the address.
      delete pinned.servername
      const named =
        options.protocol === 'https:' && name ? { ...pinned, servername: withoutRoot(name) } : pinned
      connect(named, (...[error, socket]) => (error ? reject(error) : resolve(socket)))
    })

  /** Tries the addresses in turn: a machine without IPv6 can reach a dual-stack receiver. */
  const first = async (options: buildConnector.Options) => {
    let failure: unknown
    for (const address of (await addressesOf(options)).slice(0, mostAddresses)) {
      try {
        return await connectTo(options, address)
      } catch (error) {
        failure = error
      }
    }
    throw failure
  }

  return (options, callback) => {
    first(options).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    )
  }
}

/** TLS server names have no trailing dot. */
const withoutRoot = (name: string): string => name.replace(/\.$/, '')

type Socket = NonNullable<Parameters<buildConnector.Callback>[1]>
