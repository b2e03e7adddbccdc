import { pino } from 'pino'

/**
 * Structured logging without personal data: an event name and our own ids, never a text, a name, a phone,
 * a Telegram id or an update. Errors are logged by `name`, `code` and stack, not by message, because a
 * driver's message may quote the rejected value.
 */
export type Log = {
  debug(event: string, fields?: Fields): void
  info(event: string, fields?: Fields): void
  warn(event: string, fields?: Fields): void
  error(event: string, fields?: Fields): void
}

type Fields = Record<string, unknown> & { error?: unknown }

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export const createLog = (level: LogLevel, write?: (line: string) => void): Log => {
  const base = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` }
  const logger = write ? pino(base, { write }) : pino(base)
  const fields = ({ error, ...rest }: Fields = {}) =>
    error === undefined ? rest : { ...rest, error: describeError(error) }
  return {
    debug: (event, more) => logger.debug(fields(more), event),
    info: (event, more) => logger.info(fields(more), event),
    warn: (event, more) => logger.warn(fields(more), event),
    error: (event, more) => logger.error(fields(more), event),
  }
}

/** Returns an error's name, code and stack frames: enough to find the fault, without any user data. */
export const describeError = (error: unknown): { name: string; code?: string; at?: string[] } => {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = (error as { code?: unknown }).code
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim())
  return { name: error.name, ...(code === undefined ? {} : { code: String(code) }), at }
}
