import ipaddr from 'ipaddr.js'
import { isPrivate, isPublic } from './private-addresses.ts'

/**
 * Receivers inside the centre's own network, which the operator lists: `crm.centre.lan`, `crm.centre.lan:8443`,
 * `10.2.0.0/16`, and with `http://` before it one that is reached without TLS.
 */
export type AllowedReceiver = {
  /** A name, or the first address and the length of a network. */
  host: string | { network: string; bits: number }
  /** Default: the usual ports. */
  port?: number
  /** Whether plain http is allowed. */
  plain: boolean
}

const entry = /^(http:\/\/)?(\[[0-9a-f:.]+\]|[^\s:/[\]]+)(?:\/(\d{1,3}))?(?::(\d{1,5}))?$/i
const name = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/

/** Null: not understood. An address is a network of one. */
export const parseAllowedReceiver = (text: string): AllowedReceiver | null => {
  const [, plain, place = '', bits, port] = entry.exec(text.trim()) ?? []
  const host = place.replace(/^\[|\]$/g, '').toLowerCase()
  const number = port === undefined ? undefined : Number(port)
  if (host === '' || (number !== undefined && (number < 1 || number > 65_535))) return null
  const more = { ...(number !== undefined && { port: number }), plain: plain !== undefined }
  if (!ipaddr.isValid(host)) return bits === undefined && name.test(host) ? { host, ...more } : null
  const longest = ipaddr.parse(host).kind() === 'ipv4' ? 32 : 128
  const length = bits === undefined ? longest : Number(bits)
  return length <= longest ? { host: { network: host, bits: length }, ...more } : null
}

type Url = { protocol: string; hostname: string; port: string }

/** Whether the operator has listed this receiver; `address`: what its name leads to, if that is known already. */
export const isAllowed = (
  allowed: readonly AllowedReceiver[],
  { protocol, hostname, port }: Url,
  address: string | undefined,
  { usualPorts, ownPorts }: { usualPorts: readonly number[]; ownPorts: readonly number[] },
): boolean => {
  const asked = Number(port || (protocol === 'http:' ? 80 : 443))
  const host = bare(hostname)
  return allowed.some((one) => {
    if (protocol === 'http:' ? !one.plain : protocol !== 'https:') return false
    const ports = one.port === undefined ? [...usualPorts, ...(one.plain ? [80] : [])] : [one.port]
    if (!ports.includes(asked)) return false
    if (typeof one.host === 'string')
      return one.host === host && (address === undefined || mayLeadTo(address, asked, protocol, ownPorts))
    // What a name leads to is not known yet: it is asked again with the address.
    if (address === undefined) return !ipaddr.isValid(host) || isWithin(host, one.host)
    return isWithin(address, one.host)
  })
}

/**
 * Where a listed name may lead: whoever answers for it in DNS must not choose this machine, a neighbour on the link, the
 * metadata of a cloud, or the product's own database. Such a receiver is listed by its address.
 */
const mayLeadTo = (address: string, port: number, protocol: string, ownPorts: readonly number[]): boolean =>
  isPublic(address) ? protocol === 'https:' : isPrivate(address) && !ownPorts.includes(port)

const isWithin = (address: string, { network, bits }: { network: string; bits: number }): boolean => {
  if (!ipaddr.isValid(address)) return false
  const [one, first] = [ipaddr.parse(address), ipaddr.parse(network)]
  return one.kind() === first.kind() && one.match([first, bits] as [ipaddr.IPv4, number])
}

/** Without the brackets of IPv6 and the trailing dot. */
export const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '')
