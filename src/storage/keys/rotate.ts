import { Prisma } from '#generated/client.ts'
import { type Database, type Reader, readFrom, type Tx } from '../database.ts'
import type { Sealer } from '../seal.ts'
import { addAudit } from '../staff/audit.ts'
import { noteKeys } from './known-keys.ts'
import { createPace } from './pace.ts'
import { centreData, personalData } from './personal-data.ts'
import { rewrap } from './subject-keys.ts'
import { type KeyRow, toKey } from './with-keys.ts'

/**
 * Wraps all keys with the first of DATA_KEYS, while they are used. Not those of accounts: the hash of an account depends on who wrapped
 * its key (stored-accounts.ts). Returns how many; a key that none of DATA_KEYS opens is counted in `failed` and stays.
 */
export const rewrapAll = async (
  { prisma }: Database,
  sealer: Sealer,
  signal?: AbortSignal,
): Promise<{ keys: number; failed: number }> => {
  const pace = createPace({ signal })
  let [keys, failed, after] = [0, 0, '']
  for (;;) {
    const left = await pace.piece(async (together) => {
      const rows = await prisma.$queryRaw<KeyRow[]>`
        SELECT id, kind, subject_id::text AS subject_id, wrapped FROM subject_keys k
        WHERE id > ${after} AND destroyed_at IS NULL AND split_part(wrapped, '.', 2) <> ${sealer.ids[0] ?? ''}
          AND NOT (kind = 'person' AND EXISTS (
            SELECT FROM persons p WHERE p.id = k.subject_id AND p.sealed_account IS NOT NULL
          ))
        ORDER BY id LIMIT ${together}`
      const changed = rows.map(toKey).flatMap((key) => {
        const wrapped = rewrapped(sealer, key)
        return wrapped === null ? [] : [{ ...key, wrapped, was: key.wrapped ?? '' }]
      })
      const done = await prisma.$queryRaw<{ id: string }[]>`
        UPDATE subject_keys k SET wrapped = v.becomes FROM unnest(
          ${changed.map(({ id }) => id)}::text[], ${changed.map(({ was }) => was)}::text[],
          ${changed.map(({ wrapped }) => wrapped)}::text[]
        ) AS v(id, was, becomes)
        WHERE k.id = v.id AND k.wrapped = v.was RETURNING k.id`
      // A key that was destroyed, or rotated by another, meanwhile is not what was read.
      const wrapped = new Set(done.map(({ id }) => id))
      noteKeys(changed.filter(({ id }) => wrapped.has(id)).map(({ was: _, ...key }) => key))
      keys += done.length
      failed += rows.length - changed.length
      after = rows.at(-1)?.id ?? after
      return rows.length === together
    })
    if (!left || signal?.aborted) return { keys, failed }
  }
}

const rewrapped = (sealer: Sealer, key: ReturnType<typeof toKey>): string | null => {
  try {
    return rewrap(sealer, key)
  } catch {
    return null
  }
}

/** How many values and keys each of DATA_KEYS still seals, by its id; whatever is not named here is not needed any more. */
export const keysInUse = async ({ prisma }: Database): Promise<{ key: string; values: number }[]> => {
  const sealed = [...personalData, ...centreData].flatMap(({ table, columns }) =>
    Object.keys(columns).map((column) => ({ table, column })),
  )
  const counts = [
    ...new Set(sealed.map(({ table, column }) => `${table}.${column}`)),
    'subject_keys.wrapped',
  ].map((name) => {
    const [table, column] = name.split('.')
    return Prisma.raw(
      `SELECT split_part("${column}", '.', 2) AS key FROM "${table}" WHERE "${column}" LIKE 'v1.%' AND "${column}" <> 'v1.none.'`,
    )
  })
  return prisma.$queryRaw`
    SELECT key, count(*)::int AS values FROM (${Prisma.join(counts, ' UNION ALL ')}) AS used GROUP BY key ORDER BY key`
}

/** Notes that no other key of DATA_KEYS than the first is needed any more. */
export const noteRotation = (tx: Tx, now: Date): Promise<void> =>
  addAudit(tx, { at: now, action: 'keys.rotated' })

/** How many were erased since the keys were last rotated, and when that was; null: never, or years ago. */
export const erasedSinceRotation = async (
  reader: Reader,
): Promise<{ erasures: number; rotatedAt: Date | null }> => {
  const { auditEntry, destructionAct } = readFrom(reader)
  const last = await auditEntry.findFirst({
    where: { action: 'keys.rotated' },
    orderBy: { at: 'desc' },
    select: { at: true },
  })
  const rotatedAt = last?.at ?? null
  const where = rotatedAt === null ? {} : { at: { gt: rotatedAt } }
  return { erasures: await destructionAct.count({ where }), rotatedAt }
}
