import { Prisma } from '#generated/client.ts'
import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export type EndpointStatus = 'active' | 'paused'
/** `staff`: somebody paused it; `gone`: it answered 410; `failing`: no attempt has succeeded for five days. */
export type PausedFor = 'staff' | 'gone' | 'failing'

/** Where the centre's systems are told of events. */
export type Endpoint = {
  id: string
  /** The key that made it; null: the sandbox. */
  apiKeyId: string | null
  url: string
  /** Types of events; empty: all of them. */
  events: string[]
  /** Codes of territories; empty: all of them. */
  territories: string[]
  status: EndpointStatus
  pausedFor: PausedFor | null
  /** Since when no attempt has succeeded; null: the last one did. */
  failingSince: Date | null
  /** Counts every change that staff may make (ETag). */
  revision: number
  createdAt: Date
}

export type NewEndpoint = Pick<
  Endpoint,
  'id' | 'apiKeyId' | 'url' | 'events' | 'territories' | 'createdAt'
> & {
  /** Sealed. */
  secrets: string
}

export const addEndpoint = async (tx: Tx, endpoint: NewEndpoint): Promise<Endpoint> =>
  toEndpoint(await tx.webhookEndpoint.create({ data: endpoint }))

export const findEndpoint = async (reader: Reader, id: string): Promise<Endpoint | null> => {
  const row = await readFrom(reader).webhookEndpoint.findUnique({ where: { id } })
  return row && toEndpoint(row)
}

/**
 * The same, kept from every change but this transaction's. Only of endpoints within the territories: the row of another
 * is not waited for, and looks like none.
 */
export const lockEndpoint = async (
  tx: Tx,
  id: string,
  territories: readonly string[] | 'all',
): Promise<Endpoint | null> => {
  const within =
    territories === 'all'
      ? Prisma.empty
      : Prisma.sql`AND cardinality(territories) > 0 AND territories <@ ${[...territories]}::text[]`
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM webhook_endpoints WHERE id = ${id}::uuid ${within} FOR UPDATE`
  return rows.length > 0 ? findEndpoint(tx, id) : null
}

/** Sealed. To be read of an endpoint that is locked: two rotations at once would lose one of the new secrets. */
export const secretsOf = async (tx: Tx, id: string): Promise<string | null> =>
  (await tx.webhookEndpoint.findUnique({ where: { id }, select: { secrets: true } }))?.secrets ?? null

/** Oldest first; within these territories only, where some are named. */
export const listEndpoints = async (
  reader: Reader,
  territories: readonly string[] | 'all',
): Promise<Endpoint[]> => {
  const rows = await readFrom(reader).webhookEndpoint.findMany({
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toEndpoint).filter((endpoint) => isWithin(endpoint.territories, territories))
}

/** Whether all that an endpoint hears of (empty: everything) lies within some territories. */
export const isWithin = (of: readonly string[], territories: readonly string[] | 'all'): boolean =>
  territories === 'all' || (of.length > 0 && of.every((code) => territories.includes(code)))

export type EndpointChanges = Partial<Pick<Endpoint, 'url' | 'events' | 'territories'>> & { secrets?: string }

/** Changes an endpoint that has this revision (undefined: any); null when it has another, or is gone. */
export const updateEndpoint = async (
  tx: Tx,
  { id, revision, changes }: { id: string; revision: number | undefined; changes: EndpointChanges },
): Promise<Endpoint | null> => {
  const where = { id, ...(revision === undefined ? {} : { revision }) }
  const [row] = await tx.webhookEndpoint.updateManyAndReturn({
    where,
    data: { ...changes, revision: { increment: 1 } },
  })
  return row ? toEndpoint(row) : null
}

/** Pauses an active endpoint; false when it was paused already, or is gone. */
export const pauseEndpoint = async (tx: Tx, id: string, pausedFor: PausedFor): Promise<boolean> => {
  const data = { status: 'paused', pausedFor, revision: { increment: 1 } }
  return (await tx.webhookEndpoint.updateMany({ where: { id, status: 'active' }, data })).count === 1
}

/** Pauses the active endpoints that a key made. Returns their ids. */
export const pauseEndpointsOf = async (tx: Tx, apiKeyId: string): Promise<string[]> => {
  // In the order in which announcing locks them, or the two could wait for each other.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH own AS MATERIALIZED (
      SELECT id FROM webhook_endpoints WHERE api_key_id = ${apiKeyId}::uuid AND status = 'active'
      ORDER BY id FOR NO KEY UPDATE
    )
    UPDATE webhook_endpoints SET status = 'paused', paused_for = 'staff', revision = revision + 1
    FROM own WHERE webhook_endpoints.id = own.id RETURNING webhook_endpoints.id`
  return rows.map(({ id }) => id)
}

/** Lets a paused endpoint begin anew; false when it was active already, or is gone. */
export const resumeEndpoint = async (tx: Tx, id: string): Promise<boolean> => {
  const data = { status: 'active', pausedFor: null, failingSince: null, revision: { increment: 1 } }
  return (await tx.webhookEndpoint.updateMany({ where: { id, status: 'paused' }, data })).count === 1
}

/** Deletes an endpoint with its deliveries. */
export const removeEndpoint = async (tx: Tx, id: string): Promise<void> => {
  await tx.webhookEndpoint.deleteMany({ where: { id } })
}

type StoredEndpoint = NonNullable<Awaited<ReturnType<Database['prisma']['webhookEndpoint']['findUnique']>>>

const toEndpoint = ({ secrets: _, ...row }: StoredEndpoint): Endpoint => ({
  ...row,
  status: row.status as EndpointStatus,
  pausedFor: row.pausedFor as PausedFor | null,
})
