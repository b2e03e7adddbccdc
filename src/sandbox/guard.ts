import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

/**
 * Is this request from the sandbox's own page (or from a program on this machine)? A foreign name in `Host` is
 * DNS rebinding, a foreign `Origin` another site's page. An address in figures cannot be rebound, so beyond
 * loopback it passes only where the sandbox was told to listen beyond it.
 */
export const isOwn = (headers: IncomingHttpHeaders, listensOn: string): boolean => {
  const host = headers.host ?? ''
  if (!URL.canParse(`http://${host}`)) return false
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '')
  const beyond = !isLoopback(listensOn)
  if (!isLoopback(name) && !(beyond && (isIP(name) > 0 || name === listensOn))) return false
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) return false
  return !['cross-site', 'same-site'].includes(String(headers['sec-fetch-site'] ?? 'none')) || isLink(headers)
}

/** Following a link from elsewhere to the page shows it and changes nothing. */
const isLink = (headers: IncomingHttpHeaders) => headers['sec-fetch-mode'] === 'navigate'

const isLoopback = (name: string) =>
  name === 'localhost' || name === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
