import { isIP } from 'node:net'
import { DomainError } from '#core/errors.ts'
import { isLoopback, isPublic } from './private-addresses.ts'
import { type Lookup, lookupAll } from './lookup.ts'

export type GuardSettings = {
  /**
   * For the sandbox's own receiver: http and https may reach this machine, but no other non-public address.
   */
  allowLoopback: boolean
  /** Where receivers on other machines may listen; default: `usualPorts`. */
  ports?: readonly number[] | undefined
  /** Defaults to DNS. */
  lookup?: Lookup
}

/** Ports of websites. At others the app would knock on doors for whoever has a key. */
const usualPorts: readonly number[] = [443, 8443]

/** A URL that passed `checkAddress`. */
export type CheckedUrl = { readonly href: string; readonly checked: true }

const longestUrl = 2048
const dnsMs = 3_000

/** Names of internal networks, whatever DNS returns for them. */
const insideOnly = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|arpa|localdomain)$/

/**
 * Validates the URL of a new endpoint: https (http to this machine in the sandbox), no credentials, no
 * internal name, a usual port, and only public addresses in DNS. Throws `address-refused`. This gives early feedback only:
 * DNS may change, so every connection is checked again (connect.ts).
 */
export const checkAddress = async (text: string, settings: GuardSettings): Promise<CheckedUrl> => {
  const url = parseEndpointUrl(text, settings)
  const found = await addressesOf(hostOf(url), settings)
  if (found.length === 0 || !found.every((address) => mayReach(address, url, settings))) throw refused()
  return { href: url.href, checked: true }
}

/**
 * Validates the parts of a URL that need no DNS. URL parsing has already turned numeric hosts (`2130706433`,
 * `0x7f.1`, `017700000001`) into addresses. Throws `address-refused`.
 */
export const parseEndpointUrl = (text: string, settings: GuardSettings): URL => {
  const { allowLoopback } = settings
  if (text.length > longestUrl || !URL.canParse(text)) throw refused()
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowLoopback)) throw refused()
  if (url.username !== '' || url.password !== '' || url.hostname === '') throw refused()
  const host = hostOf(url)
  if (isIP(host) === 0 && (insideOnly.test(host) || !host.includes('.'))) {
    if (!(allowLoopback && host === 'localhost')) throw refused()
  } else if (isIP(host) !== 0 && !mayReach(host, url, settings)) throw refused()
  url.hash = ''
  return url
}

/** Whether a connection for this URL may be made to this address. Plain http may reach only this machine. */
export const mayReach = (address: string, url: { protocol: string; port: string }, settings: GuardSettings) =>
  (url.protocol === 'https:' && isPublic(address) && isUsualPort(url, settings)) ||
  (settings.allowLoopback && isLoopback(address))

const isUsualPort = ({ port }: { port: string }, { ports = usualPorts }: GuardSettings): boolean =>
  ports.includes(Number(port || 443))

/** Strips the brackets of IPv6 and the trailing dot. */
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
