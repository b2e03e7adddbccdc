import { DomainError, type ErrorCode } from '#core/errors.ts'
import { Prisma } from '#generated/client.ts'

/** Unique constraints whose breaking means something to a person. */
const meanings: Record<string, ErrorCode> = {
  requests_one_open_per_person: 'already-open',
  requests_draft_id_key: 'already-open',
  staff_members_person_id_key: 'invite-invalid',
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
export const isLockTimeout = (error: unknown): boolean => {
  const { meta } = error as {
    meta?: { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown } } }
  }
  return meta?.code === '55P03' || meta?.driverAdapterError?.cause?.originalCode === '55P03'
}
