/** An error of the Bot API: HTTP status, `description` and, for 429, the seconds to wait. */
export class ApiError extends Error {
  readonly code: number
  readonly retryAfter: number | undefined

  constructor(code: number, description: string, retryAfter?: number) {
    super(description)
    this.name = 'ApiError'
    this.code = code
    this.retryAfter = retryAfter
  }
}

export const badRequest = (what: string) => new ApiError(400, `Bad Request: ${what}`)
export const forbidden = (what: string) => new ApiError(403, `Forbidden: ${what}`)
export const conflict = (what: string) => new ApiError(409, `Conflict: ${what}`)
export const tooMany = (seconds: number) =>
  new ApiError(429, `Too Many Requests: retry after ${seconds}`, seconds)

/** The connection broke: the outcome of the call is unknown. */
export class ConnectionLost extends Error {
  /** As of a socket that the other side has closed. */
  readonly code = 'ECONNRESET'

  constructor() {
    super('connection lost')
    this.name = 'ConnectionLost'
  }
}

/** An action of a person (or of a test) that no Telegram client would allow. */
export class ImpossibleError extends Error {
  readonly reason: 'nobody' | 'nothing' | 'blocked' | 'invalid'

  constructor(reason: ImpossibleError['reason'], message: string) {
    super(message)
    this.name = 'ImpossibleError'
    this.reason = reason
  }
}

/** The body of every refused call. */
export const errorBody = (error: ApiError) => ({
  ok: false as const,
  error_code: error.code,
  description: error.message,
  ...(error.retryAfter === undefined ? {} : { parameters: { retry_after: error.retryAfter } }),
})
