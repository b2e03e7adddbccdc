import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export const incomingOutcomes = ['family', 'request', 'unconfirmed'] as const
export type IncomingOutcome = (typeof incomingOutcomes)[number]

/** A message about a family, as stored, with what became of it. */
export type StoredIncoming = {
  id: string
  number: number
  region: string
  territory: string
  source: string
  receivedOn: Date
  /** Sealed JSON at `incoming_appeals.content` / id. */
  content: string
  urgent: boolean
  staffId: string | null
  apiKeyId: string | null
  at: Date
  steps: IncomingStep[]
}

export type IncomingStep = {
  id: bigint
  appealId: string
  kind: IncomingOutcome
  familyId: string | null
  requestId: string | null
  /** Sealed at `incoming_steps.reason` / id of the message. */
  reason: string | null
  staffId: string | null
  apiKeyId: string | null
  at: Date
}

export type NewIncoming = Omit<StoredIncoming, 'number' | 'steps'>
export type NewIncomingStep = Pick<IncomingStep, 'appealId' | 'kind' | 'at'> &
  Partial<Pick<IncomingStep, 'familyId' | 'requestId' | 'reason'>> & {
    staffId?: string | undefined
    apiKeyId?: string | undefined
  }

const steps = { steps: { orderBy: { id: 'asc' as const } } }

/** Returns its number. */
export const insertIncoming = async (tx: Tx, incoming: NewIncoming): Promise<number> =>
  (await tx.incomingAppeal.create({ data: incoming })).number

export const addIncomingStep = async (
  tx: Tx,
  { staffId, apiKeyId, ...step }: NewIncomingStep,
): Promise<void> => {
  const by = { staffId: staffId ?? null, apiKeyId: apiKeyId ?? null }
  await tx.incomingStep.create({ data: { ...step, ...by } })
}

export const findIncoming = async (reader: Reader, id: string): Promise<StoredIncoming | null> => {
  const row = await readFrom(reader).incomingAppeal.findUnique({ where: { id }, include: steps })
  return row && toIncoming(row)
}

export type IncomingFilter = {
  territories: readonly string[] | 'all'
  /** Those that others serve. */
  without?: readonly string[]
  /** `open`: nothing became of it yet. */
  state?: 'open' | 'settled' | undefined
  familyId?: string | undefined
}

/** Newest first; `after`: only those with a smaller number. */
export const listIncoming = async (
  reader: Reader,
  { territories, without = [], state, familyId }: IncomingFilter,
  { after, limit }: { after?: number | undefined; limit: number },
): Promise<StoredIncoming[]> => {
  const rows = await readFrom(reader).incomingAppeal.findMany({
    where: {
      NOT: { territory: { in: [...without] } },
      ...(territories !== 'all' && { territory: { in: [...territories] } }),
      ...(state === 'open' && { steps: { none: {} } }),
      ...(state === 'settled' && { steps: { some: {} } }),
      ...(familyId !== undefined && { steps: { some: { familyId } } }),
      ...(after !== undefined && { number: { lt: after } }),
    },
    include: steps,
    orderBy: { number: 'desc' },
    take: limit,
  })
  return rows.map(toIncoming)
}

type Row = NonNullable<Awaited<ReturnType<Tx['incomingAppeal']['findUnique']>>> & {
  steps: (Omit<IncomingStep, 'kind'> & { kind: string })[]
}

const toIncoming = (row: Row): StoredIncoming => ({
  ...row,
  steps: row.steps.map((step) => ({ ...step, kind: step.kind as IncomingOutcome })),
})
