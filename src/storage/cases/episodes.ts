import { newId } from '#core/ids.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { EndReason } from '#storage/families/families.ts'

export const acceptanceGrounds = ['request', 'earlier', 'return'] as const
export type AcceptanceGround = (typeof acceptanceGrounds)[number]

/** A family's time under support, from an acceptance to a closing. Days are ISO dates in the region's zone. */
export type Episode = {
  id: string
  familyId: string
  /** From 1. */
  number: number
  ground: AcceptanceGround
  acceptedOn: string
  /** The stage at which the record begins. */
  openingStage: string
  closedOn: string | null
  closing: EndReason | null
  /** Whether family and curator stay in touch after the end. */
  contactAfter: boolean
}

/** Begins an episode; its number follows the last one. Fails if one is open. */
export const insertEpisode = async (
  tx: Tx,
  {
    familyId,
    ground,
    acceptedOn,
    openingStage,
    at,
  }: Pick<Episode, 'familyId' | 'ground' | 'acceptedOn' | 'openingStage'> & { at: Date },
): Promise<Episode> => {
  const number = ((await lastEpisode(tx, familyId))?.number ?? 0) + 1
  const data = { id: newId(), familyId, number, ground, openingStage, at }
  return toEpisode(await tx.episode.create({ data: { ...data, acceptedOn: new Date(acceptedOn) } }))
}

export const closeEpisode = async (
  tx: Tx,
  id: string,
  { closedOn, closing, contactAfter }: Pick<Episode, 'closing' | 'contactAfter'> & { closedOn: string },
): Promise<void> => {
  await tx.episode.update({ where: { id }, data: { closedOn: new Date(closedOn), closing, contactAfter } })
}

/** The newest episode; null for a family whose record has not been made yet. */
export const lastEpisode = async (reader: Reader, familyId: string): Promise<Episode | null> => {
  const where = { familyId }
  const row = await readFrom(reader).episode.findFirst({ where, orderBy: { number: 'desc' } })
  return row && toEpisode(row)
}

/** The newest episode of each of many families. */
export const lastEpisodes = (reader: Reader, familyIds: readonly string[]): Promise<Episode[]> => {
  return readFrom(reader).$queryRaw<Episode[]>`
    SELECT DISTINCT ON (family_id) id, family_id AS "familyId", number, ground, accepted_on::text AS "acceptedOn",
      opening_stage AS "openingStage", closed_on::text AS "closedOn", closing, contact_after AS "contactAfter"
    FROM episodes WHERE family_id = ANY (${[...familyIds]}::uuid[]) ORDER BY family_id, number DESC`
}

/** Oldest first. */
export const episodesOf = async (reader: Reader, familyId: string): Promise<Episode[]> => {
  const where = { familyId }
  return (await readFrom(reader).episode.findMany({ where, orderBy: { number: 'asc' } })).map(toEpisode)
}

type Stored = Omit<Episode, 'ground' | 'acceptedOn' | 'closedOn' | 'closing'> & {
  ground: string
  acceptedOn: Date
  closedOn: Date | null
  closing: string | null
  at: Date
}

const toEpisode = ({ at: _, ...row }: Stored): Episode => ({
  ...row,
  ground: row.ground as AcceptanceGround,
  acceptedOn: isoDay(row.acceptedOn),
  closedOn: row.closedOn && isoDay(row.closedOn),
  closing: row.closing as EndReason | null,
})

const isoDay = (day: Date): string => day.toISOString().slice(0, 10)
