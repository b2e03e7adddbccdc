import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

/**
 * Whether a request is from the sandbox's own page (or from a program on this machine). A foreign `Host` means DNS
 * rebinding, a foreign `Origin` another site. IP addresses cannot be rebound, so those beyond loopback are accepted
 * only if the sandbox listens beyond loopback.
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

/** Navigation from another site shows the page and changes nothing. */
const isLink = (headers: IncomingHttpHeaders) => headers['sec-fetch-mode'] === 'navigate'

/** Browsers lead `*.localhost` to this machine and nowhere else. */
export const isLoopback = (name: string) =>
  name === 'localhost' ||
  name.endsWith('.localhost') ||
  name === '::1' ||
  /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
