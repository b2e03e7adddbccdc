import { isIP } from 'node:net'
import { DomainError } from '#core/errors.ts'
import { type AllowedReceiver, bare, isAllowed } from './allowed-receivers.ts'
import { isLoopback, isPublic } from './private-addresses.ts'
import { type Lookup, lookupAll } from './lookup.ts'

export type GuardSettings = {
  /**
   * For the sandbox's own receiver: http and https may reach this machine, but no other non-public address.
   */
  allowLoopback: boolean
  /** Where receivers on other machines may listen; default: `usualPorts`. */
  ports?: readonly number[] | undefined
  /** Receivers inside the centre's network that the operator has listed. */
  allowed?: readonly AllowedReceiver[] | undefined
  /** Where the product and its databases listen: a listed name never leads to such a port inside. */
  ownPorts?: readonly number[] | undefined
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

/** Whether a name means nothing outside an internal network. */
export const isInternalName = (host: string): boolean => insideOnly.test(host) || !host.includes('.')

/** Which rule refuses a receiver; http/problems.ts says it in words. */
export type AddressRule =
  | 'url'
  | 'scheme'
  | 'credentials'
  | 'internal-name'
  | 'port'
  | 'address'
  | 'listed-name'
  | 'unresolved'

/**
 * Validates the URL of a new endpoint: https (http to this machine in the sandbox, and to what the operator has listed so),
 * no credentials, no internal name, a usual port, and only public addresses in DNS; or a receiver that the operator has
 * listed. Throws `address-refused` with the rule. This gives early feedback only: DNS may change, so every connection is
 * checked again (connect.ts).
 */
export const checkAddress = async (text: string, settings: GuardSettings): Promise<CheckedUrl> => {
  const url = parseEndpointUrl(text, settings)
  const found = await addressesOf(bare(url.hostname), settings)
  if (found.length === 0) throw refused('unresolved')
  for (const address of found) {
    const rule = refusalOf(address, url, settings)
    if (rule) throw refused(rule)
  }
  return { href: url.href, checked: true }
}

/**
 * Validates the parts of a URL that need no DNS. URL parsing has already turned numeric hosts (`2130706433`,
 * `0x7f.1`, `017700000001`) into addresses. Throws `address-refused`.
 */
export const parseEndpointUrl = (text: string, settings: GuardSettings): URL => {
  const { allowLoopback } = settings
  if (text.length > longestUrl || !URL.canParse(text)) throw refused('url')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') throw refused('credentials')
  const host = bare(url.hostname)
  if (host === '') throw refused('url')
  url.hash = ''
  if (isListed(url, undefined, settings)) return url
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowLoopback)) throw refused('scheme')
  if (isIP(host) !== 0) {
    const rule = refusalOf(host, url, settings)
    if (rule) throw refused(rule)
  } else if (isInternalName(host) && !(allowLoopback && host === 'localhost')) throw refused('internal-name')
  return url
}

type Target = { protocol: string; hostname: string; port: string }

/** The rule against a connection for this URL to this address; null: it may be made. */
export const refusalOf = (address: string, url: Target, settings: GuardSettings): AddressRule | null => {
  if (isListed(url, address, settings)) return null
  if (settings.allowLoopback && isLoopback(address)) return null
  const name = isIP(bare(url.hostname)) === 0
  if (
    name &&
    settings.allowed?.some(({ host }) => host === bare(url.hostname)) &&
    isListed(url, undefined, settings)
  )
    return 'listed-name'
  // Plain http may reach only this machine, and what is listed so.
  if (url.protocol !== 'https:') return 'scheme'
  if (!isPublic(address)) return 'address'
  return isUsualPort(url, settings) ? null : 'port'
}

const isListed = (
  url: Target,
  address: string | undefined,
  { allowed = [], ports = usualPorts, ownPorts = [] }: GuardSettings,
): boolean => isAllowed(allowed, url, address, { usualPorts: ports, ownPorts })

const isUsualPort = ({ port }: { port: string }, { ports = usualPorts }: GuardSettings): boolean =>
  ports.includes(Number(port || 443))

const addressesOf = async (host: string, { lookup = lookupAll }: GuardSettings): Promise<string[]> => {
  if (isIP(host) !== 0) return [host]
  const late = AbortSignal.timeout(dnsMs)
  const tooLate = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => reject(late.reason), { once: true })
  })
  try {
    return await Promise.race([lookup(host), tooLate])
  } catch (cause) {
    throw refused('unresolved', cause)
  }
}

const refused = (rule: AddressRule, cause?: unknown) =>
  new DomainError('address-refused', { cause, rule, field: 'url' })
