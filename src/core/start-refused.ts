/** Why a start was refused. `ryadom doctor` names the same causes by the same codes. */
export const refusals = [
  'database.pooler',
  'database.time-zone',
  'database.rights-missing',
  'database.in-use',
  'database.queue-clock',
  'data.other-region',
  'keys.open-nothing',
  'keys.accounts',
  'redis.password-missing',
  'redis.user-refused',
  'redis.no-database',
  'redis.not-permitted',
  'redis.certificate',
  'redis.no-tls',
] as const
export type Refusal = (typeof refusals)[number]

/** The start cannot succeed until an operator mends something; the message says what, and is printed as it is. */
export class StartRefused extends Error {
  override name = 'StartRefused'
  readonly code: Refusal

  constructor(code: Refusal, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
