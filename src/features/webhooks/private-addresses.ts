import ipaddr from 'ipaddr.js'

/** The range in which IANA allocates global unicast addresses; everything outside is special-purpose. */
const globalUnicast = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number]

/** Internal to a cloud, whatever their range: Azure's WireServer, the metadata of AWS and Google over IPv6. */
const metadata = new Set(['168.63.129.16', 'fd00:ec2::254', 'fd20:ce::254'])

/** An interface identifier that embeds an IPv4 address (ISATAP, RFC 5214). */
const isIsatap = ({ parts }: ipaddr.IPv6) => (parts[4] === 0 || parts[4] === 0x200) && parts[5] === 0x5efe

/**
 * Whether an IP address is publicly reachable. False for private, loopback, link-local, shared (CGNAT),
 * multicast, broadcast, documentation, benchmark and reserved addresses, for cloud metadata addresses, for
 * every IPv6 address that embeds an IPv4 one (mapped, compatible, NAT64, 6to4, Teredo, ISATAP), and for text
 * that is not an address.
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

/** 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and fc00::/7 without the metadata of clouds: an organisation's own network. */
export const isPrivate = (address: string): boolean => {
  if (!ipaddr.isValid(address) || metadata.has(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.kind() === 'ipv4')
    return ipaddr.IPv4.isValidFourPartDecimal(address) && parsed.range() === 'private'
  return parsed.range() === 'uniqueLocal' && !isIsatap(parsed as ipaddr.IPv6)
}
