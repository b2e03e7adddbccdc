const payload = /^[A-Za-z0-9_-]{1,64}$/

/**
 * The start payload of a deep link to this bot ('' if it has none), or undefined for other links. Understands
 * `https://t.me/<bot>?start=…`, the same without a scheme, and `tg://resolve?domain=<bot>&start=…`.
 * @param {string} link
 * @param {string} username the bot's
 * @returns {string | undefined}
 */
export function startPayload(link, username) {
  const trimmed = link.trim()
  const address = URL.parse(/^[a-z]+:/i.test(trimmed) ? trimmed : `https://${trimmed}`)
  if (!address) return undefined
  const telegram = ['t.me', 'telegram.me', 'www.t.me'].includes(address.hostname)
  const name = address.protocol === 'tg:' ? address.searchParams.get('domain') : address.pathname.slice(1)
  if (!telegram && !(address.protocol === 'tg:' && address.hostname === 'resolve')) return undefined
  if (name?.toLowerCase() !== username.toLowerCase()) return undefined
  const start = address.searchParams.get('start') ?? ''
  return start === '' || payload.test(start) ? start : undefined
}

/**
 * The address to open in a new tab; only web, mail and telephone links are allowed.
 * @param {string} link as in the message, possibly without a scheme
 * @returns {string | undefined}
 */
export function safeAddress(link) {
  const address = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(link) ? link : `https://${link}`)
  return address && ['https:', 'http:', 'mailto:', 'tel:'].includes(address.protocol)
    ? address.href
    : undefined
}
