import { expect, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { migrate } from '#storage/migrate.ts'
import { beginUpdate, recordFailure } from '#storage/updates.ts'
import { beforeMigration } from '#test/support/earlier-schema.ts'
import { newAccount } from './samples.ts'

const log = createLog('warn')

const [request, staff, visit, person, push] = [1, 2, 3, 4, 5].map(
  (n) => `00000000-0000-4000-8000-00000000000${n}`,
)

/** Rows with Telegram's numbers; foreign keys are off, so the rows they refer to are left out. */
const oldRows = [
  'SET LOCAL session_replication_role = replica',
  `INSERT INTO processed_updates (id, at) VALUES (795510801, '2026-11-24T09:00:00Z'), (9, '2026-11-25T09:00:00Z')`,
  `INSERT INTO failed_updates (id, attempts, error, failed_at) VALUES (795510802, 3, 'P2028', '2026-11-24T09:00:00Z')`,
  `INSERT INTO staff_cards VALUES ('${request}', '${staff}', 1099511627776)`,
  `INSERT INTO visit_cards (visit_id, person_id, message_id, version) VALUES ('${visit}', '${person}', 16, 2)`,
  `INSERT INTO pushes (id, key, person_id, kind, at, status, message_id) VALUES
     ('${push}', 'one', '${person}', 'message', '2026-11-24T09:00:00Z', 'sent', 17),
     (gen_random_uuid(), 'two', '${person}', 'message', '2026-11-24T09:00:00Z', 'waiting', NULL)`,
]

test(
  'the migration to channels keeps all rows, with their ids as text, and still refuses a duplicate',
  () =>
    beforeMigration('channels', async (db) => {
      await db.transaction(async (tx) => {
        for (const row of oldRows) await tx.$executeRawUnsafe(row)
      })
      await migrate(db, log)

      const { prisma } = db
      expect(await prisma.processedUpdate.findMany({ orderBy: { at: 'asc' } })).toEqual([
        { channel: 'telegram', id: '795510801', at: new Date('2026-11-24T09:00:00Z') },
        { channel: 'telegram', id: '9', at: new Date('2026-11-25T09:00:00Z') },
      ])
      const begin = (id: string) =>
        db.transaction((tx) => beginUpdate(tx, newAccount(), { channel: 'telegram', id }, new Date()))
      expect(await begin('795510801')).toBe('duplicate')
      expect(await begin('9')).toBe('duplicate')
      expect(await begin('795510803')).toBe('fresh')
      const failed = { channel: 'telegram' as const, id: '795510802' }
      expect(await recordFailure(db, failed, 'P2028', new Date())).toBe(4)

      expect(await prisma.staffCard.findMany()).toEqual([
        { requestId: request, staffId: staff, messageId: '1099511627776' },
      ])
      expect(await prisma.visitCard.findMany()).toEqual([
        { visitId: visit, personId: person, messageId: '16', version: 2 },
      ])
      const pushes = await prisma.push.findMany({ orderBy: { key: 'asc' } })
      expect(pushes.map(({ messageId }) => messageId)).toEqual(['17', null])
      // An older instance that still runs is refused.
      await expect(prisma.$executeRaw`INSERT INTO processed_updates (id) VALUES ('1')`).rejects.toThrow(
        /null/i,
      )
    }),
  120_000,
)
