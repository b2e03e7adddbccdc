import ipaddr from 'ipaddr.js'

/** Where IANA gives out addresses that everybody may reach; whatever lies outside is special, known to us or not. */
const globalUnicast = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number]

/** Public by its number, and yet each cloud's own: Azure's WireServer answers with a machine's secrets. */
const metadata = new Set(['168.63.129.16'])

/** An interface that carries an IPv4 address inside a site (RFC 5214). */
const isIsatap = ({ parts }: ipaddr.IPv6) => (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe

/**
 * Whether an IP address is one that anybody on the internet may be reached at. False for private, loopback, link-local,
 * shared (CGNAT), multicast, broadcast, documentation, benchmark and reserved ones, for those of cloud metadata, for
 * every IPv6 address that carries an IPv4 one (mapped, compatible, NAT64, 6to4, Teredo, ISATAP), and for what is no
 * address at all.
 */
export const isPublic = (address: string): boolean => {
  if (!ipaddr.isValid(address) || metadata.has(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  if (parsed.kind() === 'ipv4') return ipaddr.IPv4.isValidFourPartDecimal(address)
  const six = parsed as ipaddr.IPv6
  return six.match(globalUnicast) && !isIsatap(six)
}

/** 127.0.0.0/8 and ::1. */
export const isLoopback = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback'
