import { DomainError, type ErrorCode } from '#core/errors.ts'
import { Prisma } from '#generated/client.ts'

/** Unique constraints whose breaking means something to a person. */
const meanings: Record<string, ErrorCode> = {
  requests_one_open_per_person: 'already-open',
  requests_draft_id_key: 'already-open',
  staff_members_person_id_key: 'invite-invalid',
  families_request_id_key: 'already-closed',
  family_members_one_of_person: 'already-member',
}

/** Lets a broken constraint become a DomainError that keeps its cause; the unknown stays unknown. */
export const withDomainErrors = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    const code = meanings[brokenConstraint(error) ?? '']
    throw code ? new DomainError(code, { cause: error }) : error
  }
}

/** PostgreSQL's driver names the constraint; PGlite's only quotes the server's message, always in English. */
const brokenConstraint = (error: unknown): string | undefined => {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return undefined
  const { cause } = (error.meta as UniqueMeta).driverAdapterError ?? {}
  return cause?.constraint?.index ?? /unique constraint "([^"]+)"/.exec(cause?.originalMessage ?? '')?.[1]
}

type UniqueMeta = {
  driverAdapterError?: { cause?: { originalMessage?: string; constraint?: { index?: string } } }
}

/** A statement waited for a lock for as long as it was allowed to (SQLSTATE 55P03). */
export const isLockTimeout = (error: unknown): boolean => statesOf(error).includes('55P03')

/**
 * The database is there and had no room or no time: no connection was free in time, a statement or a lock took too
 * long, two transactions were in each other's way. Nothing was kept, and the same may be tried again.
 */
export const isBusy = (error: unknown): boolean =>
  statesOf(error).some((state) => busy.has(state)) ||
  // The pool's own limit has no code.
  (error instanceof Error &&
    /^timeout exceeded when trying to connect|^Query read timeout/.test(error.message))

const busy: ReadonlySet<unknown> = new Set([
  // SQLSTATE: a statement's time is up, a lock's, a deadlock, a serialization failure, no connection left.
  '57014',
  '55P03',
  '40P01',
  '40001',
  '53300',
  // Prisma: no connection from the pool, no transaction in time or one that took too long, a write conflict.
  'P2024',
  'P2028',
  'P2034',
])

/** The codes of an error, wherever Prisma or a driver put them. */
const statesOf = (error: unknown): unknown[] => {
  const { code, meta } = (error ?? {}) as { code?: unknown; meta?: DriverMeta }
  const { originalCode } = meta?.driverAdapterError?.cause ?? {}
  return [code, meta?.code, originalCode]
}

type DriverMeta = { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown } } }
