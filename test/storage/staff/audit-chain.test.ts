import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { verifyAuditCommand } from '#control/audit-commands.ts'
import { movableClock } from '#test/support/movable-clock.ts'
import {
  continueChain,
  linkAudit,
  publishHead,
  type Verified,
  verifyAudit,
} from '#features/staff/audit-chain.ts'
import { createLog } from '#core/log.ts'
import type { Database, Tx } from '#storage/database.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { insertLinks, linksAfter } from '#storage/staff/audit-links.ts'
import { territoriesIn } from '#test/support/territory-book.ts'
import { erasing } from '#test/support/erasing.ts'
import { takeDatabase } from '#test/support/world-databases.ts'

const monday = new Date('2026-11-23T10:00:00Z')
const tuesday = new Date('2026-11-24T10:00:00Z')
const wednesday = new Date('2026-11-25T00:05:00Z')

const look = (tx: Tx, at: Date) => addAudit(tx, { at, action: 'words.changed' })
const add = async (database: Database, at: Date, count: number) => {
  for (let n = 0; n < count; n += 1) await database.transaction((tx) => look(tx, at))
}

/** Three entries on Monday and three on Tuesday, with their links. Returns what was published of Monday. */
const openChain = async () => {
  const { database, giveBack } = await takeDatabase()
  onTestFinished(({ task }) => giveBack(task.result?.state === 'fail'))
  const lines: string[] = []
  const log = createLog('info', (line) => lines.push(line))
  await add(database, monday, 3)
  await linkAudit(database, monday)
  await publishHead(database, { enqueue: async () => {} }, { now: tuesday, log })
  await add(database, tuesday, 3)
  await linkAudit(database, tuesday)
  const { day, hash } = JSON.parse(lines.find((line) => line.includes('audit.head')) ?? '{}')
  expect(await verifyAudit(database, [{ day, hash }])).toEqual({ intact: 6, waiting: 0, broken: null })
  const ids = (await database.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)
  return { database, head: { day: String(day), hash: String(hash) }, ids }
}

const verify = (database: Database, heads: string[] = []) =>
  verifyAuditCommand(
    {
      db: database,
      clock: movableClock(wednesday.toISOString()),
      botUsername: async () => '',
      territories: territoriesIn(database),
      desk: () => Promise.reject(new Error('nobody is at a desk here')),
      notices: () => Promise.reject(new Error('no notices here')),
      planning: () => Promise.reject(new Error('no plans here')),
      enqueue: () => Promise.reject(new Error('no jobs here')),
    },
    { name: 'audit-verify', heads },
  )

/** What whoever owns the tables could do to them, and what becomes known of it. */
const tampered: [
  string,
  (tx: Tx, ids: bigint[]) => Promise<unknown>,
  number,
  NonNullable<Verified['broken']>['why'],
][] = [
  [
    'a changed entry',
    (tx, [, second]) => tx.$executeRaw`UPDATE audit_entries SET action = 'key.revoked' WHERE id = ${second}`,
    1,
    'changed',
  ],
  [
    'a deleted entry with its link',
    async (tx, [, second]) => {
      await tx.$executeRaw`DELETE FROM audit_links WHERE entry_id = ${second}`
      await tx.$executeRaw`DELETE FROM audit_entries WHERE id = ${second}`
    },
    2,
    'moved',
  ],
  [
    'a deleted entry whose followers have moved up',
    async (tx, [, second]) => {
      await tx.$executeRaw`DELETE FROM audit_links WHERE entry_id = ${second}`
      await tx.$executeRaw`DELETE FROM audit_entries WHERE id = ${second}`
      for (const position of [3, 4, 5, 6])
        await tx.$executeRaw`UPDATE audit_links SET position = position - 1 WHERE position = ${position}`
    },
    2,
    'changed',
  ],
  [
    'an inserted entry',
    async (tx, [first]) => {
      await tx.$executeRaw`UPDATE audit_links SET position = position + 100 WHERE position > 1`
      await tx.$executeRaw`UPDATE audit_links SET position = position - 99 WHERE position > 100`
      await tx.$executeRaw`
        INSERT INTO audit_entries (id, at, action) VALUES (${(first ?? 0n) - 1000n}, ${monday}, 'words.changed')`
      await tx.$executeRaw`
        INSERT INTO audit_links (position, entry_id, day, hash)
        VALUES (2, ${(first ?? 0n) - 1000n}, '2026-11-23', repeat('a', 64))`
    },
    -1,
    'changed',
  ],
  [
    'two entries in another order',
    async (tx, [, second, third]) => {
      const links = await tx.auditLink.findMany({ where: { entryId: { in: [second ?? 0n, third ?? 0n] } } })
      await tx.auditLink.deleteMany({ where: { entryId: { in: [second ?? 0n, third ?? 0n] } } })
      const [one, two] = links
      if (one && two)
        await tx.auditLink.createMany({
          data: [
            { ...one, entryId: two.entryId },
            { ...two, entryId: one.entryId },
          ],
        })
    },
    2,
    'changed',
  ],
]

describe('the chain of the audit', () => {
  test.each(tampered)('betrays %s', async (_, tamper, nth, why) => {
    const { database, ids } = await openChain()
    await erasing(database, (tx) => tamper(tx, ids))
    const entryId = nth < 0 ? (ids[0] ?? 0n) - 1000n : ids[nth]
    const { broken } = await verifyAudit(database)
    expect(broken).toEqual({ day: '2026-11-23', entryId, why })
    await expect(verify(database)).rejects.toThrow(`The audit is broken at entry ${entryId} of 2026-11-23`)
  })

  test('made anew it agrees with itself, and not with the head that was published', async () => {
    const { database, head, ids } = await openChain()
    await erasing(database, async (tx) => {
      const links = await linksAfter(tx, 0n, 100)
      await tx.auditLink.deleteMany()
      await tx.auditEntry.deleteMany({ where: { id: ids[1] ?? 0n } })
      for (const day of ['2026-11-23', '2026-11-24']) {
        const rest = links.filter((link) => link.day === day && link.entryId !== ids[1])
        const entries = rest.map(({ entryId, text }) => ({ entryId, text: text ?? '' }))
        const [last] = await tx.auditLink.findMany({ orderBy: { position: 'desc' }, take: 1 })
        await insertLinks(tx, continueChain(last ?? null, entries, day))
      }
    })
    expect(await verify(database)).toContain('The audit is intact: 5 entries, 0 not linked yet')
    expect(await verifyAudit(database, [head])).toMatchObject({
      broken: { day: '2026-11-23', entryId: ids[2], why: 'another-head' },
    })
    await expect(verify(database, [`${head.day}:${head.hash}`])).rejects.toThrow('it was made anew')
  })

  test('a tail that was cut off is missed by the head of its day', async () => {
    const { database, ids } = await openChain()
    const lines: string[] = []
    const log = createLog('info', (line) => lines.push(line))
    await publishHead(database, { enqueue: async () => {} }, { now: wednesday, log })
    const head = JSON.parse(lines[0] ?? '{}') as { day: string; entries: number; hash: string }
    expect(head).toMatchObject({ day: '2026-11-24', entries: 6 })
    expect((await verifyAudit(database, [head])).broken).toBeNull()
    await erasing(database, async (tx) => {
      await tx.auditLink.deleteMany({ where: { entryId: ids[5] ?? 0n } })
      await tx.auditEntry.deleteMany({ where: { id: ids[5] ?? 0n } })
    })
    expect((await verifyAudit(database)).broken).toBeNull()
    expect(await verifyAudit(database, [head])).toMatchObject({
      broken: { day: '2026-11-24', why: 'another-head' },
    })
  })

  test('an entry that is not linked yet is no fault; one that was put in long before the others is', async () => {
    const { database, ids } = await openChain()
    await add(database, tuesday, 2)
    expect(await verifyAudit(database)).toEqual({ intact: 6, waiting: 2, broken: null })
    const early = (ids[0] ?? 0n) - 20_000n
    await database.prisma
      .$executeRaw`INSERT INTO audit_entries (id, at, action) VALUES (${early}, ${monday}, 'words.changed')`
    expect(await linkAudit(database, tuesday)).toBe(2)
    expect(await verifyAudit(database)).toEqual({
      intact: 8,
      waiting: 1,
      broken: { day: '2026-11-24', entryId: early, why: 'late' },
    })
  })

  test.runIf(inject('database') === 'postgres')(
    'takes writers as they commit, and several linkers at once',
    async () => {
      const { database } = await openChain()
      const committed = Promise.withResolvers<void>()
      const begun = Promise.withResolvers<void>()
      const slow = database.transaction(async (tx) => {
        await look(tx, tuesday)
        begun.resolve()
        await committed.promise
      })
      await begun.promise
      await add(database, tuesday, 1)
      expect(await linkAudit(database, tuesday)).toBe(1)
      committed.resolve()
      await slow
      expect(await linkAudit(database, tuesday)).toBe(1)
      const writing = Promise.all(Array.from({ length: 40 }, () => add(database, tuesday, 5)))
      const linking = Promise.all(
        Array.from({ length: 3 }, async () => {
          for (let n = 0; n < 10; n += 1) await linkAudit(database, tuesday)
        }),
      )
      await Promise.all([writing, linking])
      await linkAudit(database, tuesday)
      expect(await verifyAudit(database)).toEqual({ intact: 208, waiting: 0, broken: null })
    },
  )
})
