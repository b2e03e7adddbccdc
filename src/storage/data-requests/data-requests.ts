import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export const dataRequestKinds = ['access', 'correction', 'restriction', 'withdrawal', 'erasure'] as const
export type DataRequestKind = (typeof dataRequestKinds)[number]

export const dataRequestSources = ['bot', 'in-person', 'letter', 'email', 'phone'] as const
export type DataRequestSource = (typeof dataRequestSources)[number]

/** `given-again`: the consent that was withdrawn. */
export const dataRequestOutcomes = ['done', 'partly', 'refused', 'given-again'] as const
export type DataRequestOutcome = (typeof dataRequestOutcomes)[number]

export type DataRequest = {
  id: string
  number: number
  kind: DataRequestKind
  source: DataRequestSource
  /** Whose data. */
  personId: string | null
  requestId: string | null
  familyId: string | null
  memberId: string | null
  territory: string | null
  /** Sealed JSON at `data_requests.content` / id. */
  content: string | null
  receivedOn: Date
  at: Date
  dueAt: Date
  eraseAt: Date | null
  restrictedAt: Date | null
  closedAt: Date | null
  outcome: DataRequestOutcome | null
  revision: number
  staffId: string | null
  apiKeyId: string | null
}

export type NewDataRequest = Pick<
  DataRequest,
  'id' | 'kind' | 'source' | 'receivedOn' | 'at' | 'dueAt' | 'territory'
> &
  Partial<
    Pick<
      DataRequest,
      | 'personId'
      | 'requestId'
      | 'familyId'
      | 'memberId'
      | 'content'
      | 'eraseAt'
      | 'closedAt'
      | 'outcome'
      | 'staffId'
      | 'apiKeyId'
    >
  >

type Row = Omit<DataRequest, 'kind' | 'source' | 'outcome'> & {
  kind: string
  source: string
  outcome: string | null
}

const toDataRequest = (row: Row): DataRequest => ({
  ...row,
  kind: row.kind as DataRequestKind,
  source: row.source as DataRequestSource,
  outcome: row.outcome as DataRequestOutcome | null,
})

export const insertDataRequest = async (tx: Tx, row: NewDataRequest): Promise<DataRequest> =>
  toDataRequest(await tx.dataRequest.create({ data: row }))

export const findDataRequest = async (reader: Reader, id: string): Promise<DataRequest | null> => {
  const row = await readFrom(reader).dataRequest.findUnique({ where: { id } })
  return row && toDataRequest(row)
}

/** Locks and returns one; null if there is none. */
export const lockDataRequest = async (tx: Tx, id: string): Promise<DataRequest | null> => {
  await tx.$queryRaw`SELECT id FROM data_requests WHERE id = ${id}::uuid FOR UPDATE`
  return findDataRequest(tx, id)
}

export const changeDataRequest = async (
  tx: Tx,
  id: string,
  data: Partial<Pick<DataRequest, 'restrictedAt' | 'eraseAt' | 'closedAt' | 'outcome'>>,
): Promise<DataRequest> =>
  toDataRequest(await tx.dataRequest.update({ where: { id }, data: { ...data, revision: { increment: 1 } } }))

/** Those of a person that are not closed, oldest first. */
export const openDataRequestsOf = async (reader: Reader, personId: string): Promise<DataRequest[]> =>
  (
    await readFrom(reader).dataRequest.findMany({
      where: { personId, closedAt: null },
      orderBy: { number: 'asc' },
    })
  ).map(toDataRequest)

/**
 * Of whom everything was erased: what they asked to be corrected in the bot is gone with the rest, and nothing is left to correct.
 * A withdrawal in the bot took effect with its tap, and nobody is left to be answered. What came on paper stays as long as the register
 * does.
 */
export const forgetCorrections = async (tx: Tx, personIds: readonly string[], now: Date): Promise<void> => {
  const theirs = { personId: { in: [...personIds] }, source: 'bot' }
  const open = await tx.dataRequest.findMany({
    where: { ...theirs, kind: { in: ['correction', 'withdrawal'] }, closedAt: null, eraseAt: null },
    select: { id: true },
  })
  for (const { id } of open) {
    await addDataRequestStep(tx, { dataRequestId: id, kind: 'erased', at: now })
    await changeDataRequest(tx, id, { closedAt: now, outcome: 'done' })
  }
  await tx.dataRequest.updateMany({ where: { ...theirs, kind: 'correction' }, data: { content: null } })
}

type Listed = {
  territories: readonly string[] | 'all'
  open: boolean
  limit: number
  offset?: number
}

/** Open ones by their term, or closed ones, the latest first. One without a territory is for whoever sees all. */
export const listDataRequests = async (
  reader: Reader,
  { territories, open, limit, offset = 0 }: Listed,
): Promise<DataRequest[]> => {
  const mine =
    territories === 'all' ? {} : { OR: [{ territory: null }, { territory: { in: [...territories] } }] }
  const rows = await readFrom(reader).dataRequest.findMany({
    where: { ...mine, closedAt: open ? null : { not: null } },
    orderBy: open ? [{ dueAt: 'asc' }, { number: 'asc' }] : [{ closedAt: 'desc' }, { number: 'desc' }],
    take: limit,
    skip: offset,
  })
  return rows.map(toDataRequest)
}

export type DataRequestFilter = {
  territories: readonly string[] | 'all'
  open?: boolean | undefined
  kind?: DataRequestKind | undefined
  restricted?: boolean | undefined
  /** Terms that end before this. */
  dueBefore?: Date | undefined
}
/** A place in the order of terms. */
export type DataRequestCursor = Pick<DataRequest, 'dueAt' | 'number'>

/** A page in the order of terms. One without a territory is only for whoever reaches all of them. */
export const dataRequestsByTerm = async (
  reader: Reader,
  { territories, open, kind, restricted, dueBefore }: DataRequestFilter,
  { after, limit }: { after?: DataRequestCursor | undefined; limit: number },
): Promise<DataRequest[]> => {
  const isNull = (wanted: boolean) => (wanted ? null : { not: null })
  const rows = await readFrom(reader).dataRequest.findMany({
    where: {
      AND: [
        territories === 'all' ? {} : { territory: { in: [...territories] } },
        kind ? { kind } : {},
        open === undefined ? {} : { closedAt: isNull(open) },
        restricted === undefined ? {} : { restrictedAt: isNull(!restricted) },
        dueBefore ? { dueAt: { lt: dueBefore } } : {},
        after
          ? { OR: [{ dueAt: { gt: after.dueAt } }, { dueAt: after.dueAt, number: { gt: after.number } }] }
          : {},
      ],
    },
    orderBy: [{ dueAt: 'asc' }, { number: 'asc' }],
    take: limit,
  })
  return rows.map(toDataRequest)
}

/** Ids of open ones whose data are to be destroyed by now. */
export const dueErasures = async (reader: Reader, now: Date): Promise<string[]> => {
  const rows = await readFrom(reader).dataRequest.findMany({
    where: { closedAt: null, eraseAt: { lte: now } },
    orderBy: { eraseAt: 'asc' },
    take: 200,
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

export const dataRequestStepKinds = [
  'received',
  'restricted',
  'unrestricted',
  'withdrawn',
  'erased',
  'answered',
  'closed',
  /** A copy of the data was made for whoever asked. */
  'copied',
  /** Somebody opened what is blocked, and why. */
  'looked',
] as const
export type DataRequestStepKind = (typeof dataRequestStepKinds)[number]

export type DataRequestStep = {
  id: bigint
  dataRequestId: string
  kind: DataRequestStepKind
  /** Sealed at `data_request_steps.text` / data request. */
  text: string | null
  at: Date
  staffId: string | null
  apiKeyId: string | null
}

export const addDataRequestStep = async (
  tx: Tx,
  step: Pick<DataRequestStep, 'dataRequestId' | 'kind' | 'at'> &
    Partial<Pick<DataRequestStep, 'text' | 'staffId' | 'apiKeyId'>>,
): Promise<void> => {
  await tx.dataRequestStep.create({ data: step })
}

/** What was done about one, oldest first. */
export const stepsOfDataRequest = async (reader: Reader, id: string): Promise<DataRequestStep[]> => {
  const rows = await readFrom(reader).dataRequestStep.findMany({
    where: { dataRequestId: id },
    orderBy: { id: 'asc' },
  })
  return rows.map((row) => ({ ...row, kind: row.kind as DataRequestStepKind }))
}
