import type { Prisma } from '#generated/client.ts'
import type { Territory } from '#regions/territories.ts'
import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'
import { direct } from '#storage/direct.ts'

export type StoredTerritory = Territory & {
  position: number
  /** Null: in use. */
  retiredAt: Date | null
  /** Code of the territory that took over its work. */
  successor: string | null
  updatedAt: Date
}

type Row = Omit<StoredTerritory, 'name' | 'areaCode'> & {
  nameRu: string
  nameEn: string
  areaCode: string | null
}

const toTerritory = ({ nameRu, nameEn, areaCode, ...row }: Row): StoredTerritory => ({
  ...row,
  name: { ru: nameRu, en: nameEn },
  ...(areaCode !== null && { areaCode }),
})

/** All of them in display order, those that are retired as well. */
export const readTerritories = async (database: Database): Promise<StoredTerritory[]> =>
  (
    await database.sql.query<Row>(
      'territories',
      `SELECT code, name_ru AS "nameRu", name_en AS "nameEn", called, town, area_code AS "areaCode", position,
         retired_at AS "retiredAt", successor, updated_at AS "updatedAt"
       FROM territories ORDER BY position, code`,
      [],
    )
  ).map(toTerritory)

/** The same inside a transaction; changes wait for each other. */
export const lockTerritories = async (tx: Tx): Promise<StoredTerritory[]> => {
  await tx.$executeRaw`LOCK TABLE territories IN SHARE ROW EXCLUSIVE MODE`
  return listTerritories(tx)
}

export const listTerritories = async (reader: Reader): Promise<StoredTerritory[]> =>
  (await readFrom(reader).territory.findMany({ orderBy: [{ position: 'asc' }, { code: 'asc' }] })).map(
    ({ createdAt: _, ...row }) => toTerritory(row),
  )

/** Stores the territories of a new centre; does nothing if there are any. */
export const seedTerritories = async (
  database: Database,
  territories: readonly Territory[],
  now: Date,
): Promise<void> => {
  if ((await readTerritories(database)).length > 0) return
  const data = territories.map(({ code, name, called, town, areaCode }, position) => ({
    ...{ code, nameRu: name.ru, nameEn: name.en, areaCode: areaCode ?? null, position },
    ...{ called: [...called], town: [...town], createdAt: now, updatedAt: now },
  }))
  await database.transaction((tx) => tx.territory.createMany({ data, skipDuplicates: true }))
}

export const insertTerritory = async (
  tx: Tx,
  { name, areaCode, ...territory }: Territory & { position: number; now: Date },
): Promise<void> => {
  const { now, ...rest } = territory
  await tx.territory.create({
    data: {
      ...rest,
      nameRu: name.ru,
      nameEn: name.en,
      areaCode: areaCode ?? null,
      createdAt: now,
      updatedAt: now,
    },
  })
}

export type TerritoryChanges = Partial<Pick<Territory, 'name' | 'called' | 'town'>> & {
  areaCode?: string
  position?: number
}

export const updateTerritory = async (
  tx: Tx,
  code: string,
  { name, ...changes }: TerritoryChanges,
  now: Date,
): Promise<void> => {
  const names = name && { nameRu: name.ru, nameEn: name.en }
  await tx.territory.update({ where: { code }, data: { ...changes, ...names, updatedAt: now } })
}

export const retireTerritory = async (
  tx: Tx,
  code: string,
  { successor, now }: { successor: string | null; now: Date },
): Promise<void> => {
  await tx.territory.update({ where: { code }, data: { retiredAt: now, successor, updatedAt: now } })
}

/** A withdrawn request is open until it is known that everybody is safe. */
const open: Prisma.RequestWhereInput[] = [
  { status: { in: ['submitted', 'claimed'] } },
  { safetyCheck: 'open' },
]

/** What is left in a territory: staff who serve it, what is open there, and keys and endpoints limited to it. */
export type LeftInTerritory = {
  staff: { id: string; name: string }[]
  requests: number
  families: number
  keys: number
  webhooks: number
}

export const leftInTerritory = async (tx: Tx, code: string, now: Date): Promise<LeftInTerritory> => {
  const serving = { territories: { has: code } }
  const staff = await tx.staffMember.findMany({
    where: { ...serving, active: true },
    orderBy: { createdAt: 'asc' },
    select: { id: true, name: true },
  })
  const requests = await tx.request.count({ where: { territory: code, OR: open } })
  const families = await tx.family.count({ where: { territory: code, status: 'active' } })
  const keys = await tx.apiKey.count({ where: { ...serving, revokedAt: null, expiresAt: { gt: now } } })
  const webhooks = await tx.webhookEndpoint.count({ where: serving })
  return { staff, requests, families, keys, webhooks }
}

/** Moves what is open in one territory to another, and lets the staff who serve the first serve the other as well. */
export const moveWork = async (tx: Tx, { from, to }: { from: string; to: string }): Promise<void> => {
  await tx.request.updateMany({
    where: { territory: from, OR: open },
    data: { territory: to, revision: { increment: 1 } },
  })
  await tx.family.updateMany({
    where: { territory: from, status: 'active' },
    data: { territory: to, revision: { increment: 1 } },
  })
  await tx.$executeRaw`
    UPDATE staff_members SET territories = array_append(territories, ${to}), revision = revision + 1
    WHERE ${from} = ANY (territories) AND NOT ${to} = ANY (territories)`
}

/**
 * Where something new in this territory belongs: the territory itself, or, if it was retired a moment ago, the one that
 * took over its work, `otherwise` without one. Retiring waits until the caller's transaction has ended.
 */
export const openTerritory = async (tx: Tx, code: string, otherwise: string): Promise<string> => {
  const [row] = await direct(tx)<{ retired: boolean; successor: string | null }>`
    SELECT retired_at IS NOT NULL AS retired, successor FROM territories WHERE code = ${code} FOR SHARE`
  if (!row?.retired) return code
  return row.successor === null ? otherwise : openTerritory(tx, row.successor, otherwise)
}
