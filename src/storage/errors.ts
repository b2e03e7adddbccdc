import pg from 'pg'
import { DomainError, type ErrorCode } from '#core/errors.ts'
import { Prisma } from '#generated/client.ts'

/** Unique constraints whose violation has a domain meaning. */
const meanings: Record<string, ErrorCode> = {
  requests_one_open_per_person: 'already-open',
  requests_draft_id_key: 'already-open',
  together_one_live_per_request: 'already-open',
  staff_members_person_id_key: 'invite-invalid',
  families_request_id_key: 'already-closed',
  handed_in_reports_region_period_number_key: 'already-closed',
  family_members_one_of_person: 'already-member',
}

/** Converts a known constraint violation to a DomainError with its cause; rethrows any other error unchanged. */
export const withDomainErrors = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    const code = meanings[brokenConstraint(error) ?? '']
    throw code ? new DomainError(code, { cause: error }) : error
  }
}

/** PostgreSQL's driver names the constraint; PGlite's only has the server's message, which is always in English. */
const brokenConstraint = (error: unknown): string | undefined => {
  if (error instanceof pg.DatabaseError) return error.code === uniqueViolation ? error.constraint : undefined
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined
  const { cause } = (error.meta as UniqueMeta | undefined)?.driverAdapterError ?? {}
  if (error.code !== 'P2002' && cause?.originalCode !== uniqueViolation) return undefined
  return cause?.constraint?.index ?? /unique constraint "([^"]+)"/.exec(cause?.originalMessage ?? '')?.[1]
}

/** SQLSTATE. */
const uniqueViolation = '23505'

type UniqueMeta = {
  driverAdapterError?: {
    cause?: { originalCode?: string; originalMessage?: string; constraint?: { index?: string } }
  }
}

/** Whether the database's user may not do it (SQLSTATE 42501). */
export const isNotPermitted = (error: unknown): boolean => statesOf(error).includes('42501')

/** Whether a statement exceeded `lock_timeout` (SQLSTATE 55P03). */
export const isLockTimeout = (error: unknown): boolean => statesOf(error).includes('55P03')

/**
 * Whether the database is reachable but overloaded: no free connection in time, a statement or lock timeout, or a
 * conflict between transactions. Nothing was committed, so the operation may be retried.
 */
export const isBusy = (error: unknown): boolean =>
  statesOf(error).some((state) => busy.has(state)) ||
  // The pool's own timeouts have no code.
  (error instanceof Error &&
    /^timeout exceeded when trying to connect|^Query read timeout/.test(error.message))

const busy: ReadonlySet<unknown> = new Set([
  // SQLSTATE: statement timeout, lock timeout, deadlock, serialization failure, too many connections.
  '57014',
  '55P03',
  '40P01',
  '40001',
  '53300',
  // Prisma: pool timeout, transaction timeout, write conflict.
  'P2024',
  'P2028',
  'P2034',
  // Our own time limit, see transaction.ts.
  'transaction-timeout',
])

/** Whether the connection to the database was refused or lost, rather than a statement. */
export const isConnectionLost = (error: unknown): boolean =>
  statesOf(error).some((state) => lost.has(state) || /^(08|57P0)/.test(String(state))) ||
  (error instanceof Error &&
    /^Connection terminated|timeout exceeded when trying to connect/.test(error.message))

const lost: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  // Prisma: cannot reach the server, it timed out, it closed the connection.
  'P1001',
  'P1002',
  'P1017',
])

/** Collects an error's codes from the places where Prisma and the drivers put them. */
const statesOf = (error: unknown): unknown[] => {
  const { code, meta } = (error ?? {}) as { code?: unknown; meta?: DriverMeta }
  const { originalCode } = meta?.driverAdapterError?.cause ?? {}
  return [code, meta?.code, originalCode]
}

type DriverMeta = { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown } } }
