import { Prisma } from '#generated/client.ts'
import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export type EndpointStatus = 'active' | 'paused'
/** `staff`: paused by staff; `gone`: it responded with 410; `failing`: no attempt has succeeded for five days. */
export type PausedFor = 'staff' | 'gone' | 'failing'

/** A URL at which one of the centre's systems receives events. */
export type Endpoint = {
  id: string
  /** The key that created or last changed it, whose scopes say what it hears; null: the sandbox hears all. */
  apiKeyId: string | null
  url: string
  /** Event types; empty: all. */
  events: string[]
  /** Codes of territories; empty: all. */
  territories: string[]
  status: EndpointStatus
  pausedFor: PausedFor | null
  /** Since when no attempt has succeeded; null: the last one succeeded. */
  failingSince: Date | null
  /** Incremented by every change that staff can make (ETag). */
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

/** Locks and returns an endpoint. For one not within the territories returns null without waiting for the lock. */
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

/** Returns the sealed secrets. Lock the endpoint first: of two concurrent rotations one would lose its new secret. */
export const secretsOf = async (tx: Tx, id: string): Promise<string | null> =>
  (await tx.webhookEndpoint.findUnique({ where: { id }, select: { secrets: true } }))?.secrets ?? null

/** Returns the endpoints within the territories, oldest first. */
export const listEndpoints = async (
  reader: Reader,
  territories: readonly string[] | 'all',
  updatedSince?: Date,
): Promise<Endpoint[]> => {
  const rows = await readFrom(reader).webhookEndpoint.findMany({
    ...(updatedSince && { where: { updatedAt: { gte: updatedSince } } }),
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toEndpoint).filter((endpoint) => isWithin(endpoint.territories, territories))
}

/** Whether an endpoint's territories (empty: all) are a subset of the given ones. */
export const isWithin = (of: readonly string[], territories: readonly string[] | 'all'): boolean =>
  territories === 'all' || (of.length > 0 && of.every((code) => territories.includes(code)))

export type EndpointChanges = Partial<Pick<Endpoint, 'url' | 'events' | 'territories' | 'apiKeyId'>> & {
  secrets?: string
}

/** Updates an endpoint; returns null if it has another revision (undefined: any) or has been deleted. */
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

/** Pauses an active endpoint; returns false if it is already paused or has been deleted. */
export const pauseEndpoint = async (tx: Tx, id: string, pausedFor: PausedFor): Promise<boolean> => {
  const data = { status: 'paused', pausedFor, revision: { increment: 1 } }
  return (await tx.webhookEndpoint.updateMany({ where: { id, status: 'active' }, data })).count === 1
}

/** Pauses the active endpoints created with a key. Returns their ids. */
export const pauseEndpointsOf = async (tx: Tx, apiKeyId: string): Promise<string[]> => {
  // Locks in the same order as announcing, to avoid a deadlock.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH own AS MATERIALIZED (
      SELECT id FROM webhook_endpoints WHERE api_key_id = ${apiKeyId}::uuid AND status = 'active'
      ORDER BY id FOR NO KEY UPDATE
    )
    UPDATE webhook_endpoints SET status = 'paused', paused_for = 'staff', revision = revision + 1
    FROM own WHERE webhook_endpoints.id = own.id RETURNING webhook_endpoints.id`
  return rows.map(({ id }) => id)
}

/** Resumes a paused endpoint; returns false if it is already active or has been deleted. */
export const resumeEndpoint = async (tx: Tx, id: string): Promise<boolean> => {
  const data = { status: 'active', pausedFor: null, failingSince: null, revision: { increment: 1 } }
  return (await tx.webhookEndpoint.updateMany({ where: { id, status: 'paused' }, data })).count === 1
}

/** Hands an endpoint to a key if its own one is revoked or expired. Returns whether it was. */
export const adoptEndpoint = async (
  tx: Tx,
  { id, apiKeyId, now }: { id: string; apiKeyId: string; now: Date },
): Promise<boolean> => {
  const gone = { OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }] }
  const data = { apiKeyId, revision: { increment: 1 } }
  return (await tx.webhookEndpoint.updateMany({ where: { id, apiKey: gone }, data })).count === 1
}

/** Deletes an endpoint with its deliveries. */
export const removeEndpoint = async (tx: Tx, id: string): Promise<void> => {
  await tx.webhookEndpoint.deleteMany({ where: { id } })
}

type StoredEndpoint = NonNullable<Awaited<ReturnType<Database['prisma']['webhookEndpoint']['findUnique']>>>

const toEndpoint = ({ secrets: _, updatedAt: __, ...row }: StoredEndpoint): Endpoint => ({
  ...row,
  status: row.status as EndpointStatus,
  pausedFor: row.pausedFor as PausedFor | null,
})
