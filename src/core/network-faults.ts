/** Why a server was not reached, as an operator tells the causes apart. */
export const networkFaults = [
  /** The name of the host is known to no DNS here. */
  'host-unknown',
  /** The host answers, and nothing listens at the port. */
  'port-refused',
  /** No answer in time: a firewall, a wrong address, an overloaded server. */
  'no-answer',
  'no-route',
  /** Something listens and hangs up: another program, or a server that is starting. */
  'hung-up',
  'certificate',
  /** TLS was asked of a server that does not speak it. */
  'no-tls',
] as const
export type NetworkFault = (typeof networkFaults)[number]

const ofCode: Record<string, NetworkFault> = {
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
  ECONNREFUSED: 'port-refused',
  ETIMEDOUT: 'no-answer',
  UND_ERR_CONNECT_TIMEOUT: 'no-answer',
  UND_ERR_HEADERS_TIMEOUT: 'no-answer',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  ECONNRESET: 'hung-up',
  EPIPE: 'hung-up',
  UND_ERR_SOCKET: 'hung-up',
}

const ofMessage: readonly [RegExp, NetworkFault][] = [
  [/does not support SSL/, 'no-tls'],
  [
    /^timeout (exceeded|expired)|^Connection terminated due to connection timeout|^Query read timeout|^no answer within|timed out/,
    'no-answer',
  ],
  [/^Connection terminated|^Connection is closed|socket hang up/, 'hung-up'],
]

type Layer = { code?: unknown; message?: unknown; cause?: unknown; error?: unknown }

/** Classifies an error by the codes in it and its causes; null if it says nothing about the network. */
export const networkFault = (error: unknown): NetworkFault | null => {
  let layer = error as Layer | null | undefined
  for (let depth = 0; layer && depth < 5; depth += 1) {
    const code = String(layer.code ?? '')
    const known = ofCode[code]
    if (known) return known
    if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') return 'no-tls'
    if (/CERT|SIGNATURE|ALTNAME/.test(code)) return 'certificate'
    const message = typeof layer.message === 'string' ? layer.message : ''
    const found = ofMessage.find(([pattern]) => pattern.test(message))
    if (found) return found[1]
    layer = (layer.cause ?? layer.error) as Layer | null | undefined
  }
  return null
}
