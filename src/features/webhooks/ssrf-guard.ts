import { isIP } from 'node:net'
import { DomainError } from '#core/errors.ts'
import { isLoopback, isPublic } from './private-addresses.ts'
import { type Lookup, lookupAll } from './lookup.ts'

export type GuardSettings = {
  /** The sandbox's own receiver: http and https may lead to this machine, and still nowhere else that is not public. */
  allowLoopback: boolean
  /** DNS, unless told. */
  lookup?: Lookup
}

/** An address that was looked at by `checkAddress`. */
export type CheckedUrl = { readonly href: string; readonly checked: true }

const longestUrl = 2048
const dnsMs = 3_000

/** Names that never leave a network, whatever its DNS says of them. */
const insideOnly = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|arpa|localdomain)$/

/**
 * Looks at the address of a new endpoint: https (http to this machine in the sandbox), no credentials, no name of an
 * inner network, and every address that DNS gives is public. Throws `address-refused`. What is looked at here may
 * change, so that every connection is looked at again (connect.ts); this is only to tell somebody early.
 */
export const checkAddress = async (text: string, settings: GuardSettings): Promise<CheckedUrl> => {
  const url = parseEndpointUrl(text, settings)
  const found = await addressesOf(hostOf(url), settings)
  if (found.length === 0 || !found.every((address) => mayReach(address, url, settings))) throw refused()
  return { href: url.href, checked: true }
}

/**
 * The parts of an address that need no DNS. A host written as a number (`2130706433`, `0x7f.1`, `017700000001`) has
 * become the address that it means by then, for that is how every URL is read. Throws `address-refused`.
 */
export const parseEndpointUrl = (text: string, { allowLoopback }: GuardSettings): URL => {
  if (text.length > longestUrl || !URL.canParse(text)) throw refused()
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowLoopback)) throw refused()
  if (url.username !== '' || url.password !== '' || url.hostname === '') throw refused()
  const host = hostOf(url)
  if (isIP(host) === 0 && (insideOnly.test(host) || !host.includes('.'))) {
    if (!(allowLoopback && host === 'localhost')) throw refused()
  } else if (isIP(host) !== 0 && !mayReach(host, url, { allowLoopback })) throw refused()
  url.hash = ''
  return url
}

/** Whether a connection for this URL may be made to this address. Plain http reaches nothing but this machine. */
export const mayReach = (
  address: string,
  { protocol }: { protocol: string },
  { allowLoopback }: GuardSettings,
) => (protocol === 'https:' && isPublic(address)) || (allowLoopback && isLoopback(address))

/** Without the brackets of IPv6 and the dot of the root. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '')

const addressesOf = async (host: string, { lookup = lookupAll }: GuardSettings): Promise<string[]> => {
  if (isIP(host) !== 0) return [host]
  const late = AbortSignal.timeout(dnsMs)
  const tooLate = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => reject(late.reason), { once: true })
  })
  try {
    return await Promise.race([lookup(host), tooLate])
  } catch (cause) {
    throw refused(cause)
  }
}

const refused = (cause?: unknown) => new DomainError('address-refused', { cause, field: 'url' })
