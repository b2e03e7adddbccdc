import { expect, inject, onTestFinished, test } from 'vitest'
import { retentionCommand } from '#control/retention-command.ts'
import { listExpired, runRetention } from '#features/retention/retention.ts'
import { linkAudit, verifyAudit } from '#features/staff/audit-chain.ts'
import { parseCommand } from '#src/cli/parse.ts'
import type { Database } from '#storage/database.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { erasing } from '#test/support/erasing.ts'
import { territoriesIn } from '#test/support/territory-book.ts'
import { takeDatabase } from '#test/support/world-databases.ts'

const open = async () => {
  const { database, giveBack } = await takeDatabase()
  onTestFinished(({ task }) => giveBack(task.result?.state === 'fail'))
  return database
}
const at = (iso: string) => new Date(iso)
const today = at('2026-11-29T10:00:00Z')

const audit = async (database: Database, moment: string, count: number) => {
  for (let n = 0; n < count; n += 1)
    await database.transaction((tx) => addAudit(tx, { at: at(moment), action: 'words.changed' }))
  await linkAudit(database, at(moment))
}
const run = (database: Database, now = today, more: { closedYears?: number } = {}) =>
  runRetention(database, { now, closedYears: more.closedYears, startedBy: 'schedule' })
const countOf = async (database: Database, kind: string, closedYears?: number) =>
  (await listExpired(database, { now: today, closedYears })).find(({ rule }) => rule.kind === kind)?.count

test('the audit goes after three years, and its chain is verified all the same', async () => {
  const database = await open()
  await audit(database, '2023-10-01T10:00:00Z', 3)
  await audit(database, '2023-11-28T10:00:00Z', 2)
  await audit(database, '2023-11-30T10:00:00Z', 2)
  await audit(database, '2026-11-29T09:00:00Z', 2)
  expect(await countOf(database, 'audit')).toBe(5)
  expect((await run(database)).audit).toBe(5)
  expect(await database.prisma.auditEntry.count()).toBe(4)
  expect(await verifyAudit(database)).toEqual({ intact: 9, waiting: 0, broken: null })
  // Once is enough, and the chain goes on.
  expect((await run(database)).audit).toBe(0)
  await audit(database, '2026-11-29T11:00:00Z', 1)
  expect(await verifyAudit(database)).toEqual({ intact: 10, waiting: 0, broken: null })
  expect(await database.prisma.auditForgotten.findMany()).toMatchObject([{ position: 5n, entries: 5 }])

  // A younger entry that is deleted by hand is still missed, and so is a link of the old ones that is changed.
  const [young] = await database.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } })
  await erasing(database, (tx) => tx.$executeRaw`DELETE FROM audit_entries WHERE id = ${young?.id}`)
  expect((await verifyAudit(database)).broken).toMatchObject({ why: 'gone', entryId: young?.id })
  await erasing(
    database,
    (tx) => tx.$executeRaw`UPDATE audit_links SET hash = repeat('a', 64) WHERE position = 5`,
  )
  expect((await verifyAudit(database)).broken).toMatchObject({ why: 'changed' })
})

test('nobody can ask for younger entries, nor change what is noted of the old ones', async () => {
  const database = await open()
  await audit(database, '2024-01-01T10:00:00Z', 2)
  await audit(database, '2026-11-29T09:00:00Z', 1)
  const asked = await database.prisma.$queryRaw<{ gone: number }[]>`
    SELECT forget_old_audit('2030-01-01'::date, now(), 1000) AS gone`
  expect(asked).toEqual([{ gone: 0 }])
  const refused = database.prisma.$executeRaw`DELETE FROM audit_entries`
  await expect(refused).rejects.toThrow(
    inject('database') === 'postgres' ? /append-only|permission/ : /append-only/,
  )
})

test('each run leaves a row; what the centre has not decided is listed as undecided, and never deleted', async () => {
  const database = await open()
  await database.prisma.processedUpdate.createMany({
    data: [
      { channel: 'telegram', id: 'old', at: at('2026-11-01T00:00:00Z') },
      { channel: 'telegram', id: 'new', at: today },
    ],
  })
  const families = [
    { number: 1, closedAt: at('2020-01-01T00:00:00Z') },
    { number: 2, closedAt: at('2026-01-01T00:00:00Z') },
  ]
  for (const { number, closedAt } of families)
    await database.prisma.family.create({
      data: {
        number,
        region: 'stavropol',
        territory: 'leninsky',
        stage: 'activities',
        level: 'crisis',
        status: 'closed',
        closedAt,
        appliedAt: closedAt,
        createdAt: closedAt,
      } as never,
    })
  expect(await countOf(database, 'closed-cases')).toBeNull()
  expect(await countOf(database, 'closed-cases', 5)).toBe(1)
  const counts = await run(database, today, { closedYears: 5 })
  expect(counts['processed-updates']).toBe(1)
  // Nobody has been passed in who erases.
  expect(counts['closed-cases']).toBeUndefined()
  const erased: string[] = []
  const again = await runRetention(database, {
    now: today,
    closedYears: 5,
    startedBy: 'operator',
    erase: {
      family: async (id) => {
        erased.push(id)
        return true
      },
      applicant: async () => false,
    },
  })
  expect([again['closed-cases'], erased.length]).toEqual([1, 1])
  const runs = await database.prisma.retentionRun.findMany({ orderBy: { startedBy: 'desc' } })
  expect(runs.map(({ startedBy }) => startedBy)).toEqual(['schedule', 'operator'])
  expect(runs[0]?.counts).toMatchObject({ 'processed-updates': 1 })
})

test('«ryadom retention --dry-run» lists counts and changes nothing; without it the same is deleted', async () => {
  const database = await open()
  await database.prisma.processedUpdate.create({
    data: { channel: 'telegram', id: 'old', at: at('2026-11-01T00:00:00Z') },
  })
  const command = async (line: string) => {
    const parsed = parseCommand(line.split(' '))
    if (typeof parsed === 'string' || !('name' in parsed) || parsed.name !== 'retention')
      throw new Error('another command')
    const nobody = () => Promise.reject(new Error('not asked for'))
    const deps = {
      db: database,
      clock: { now: () => today },
      botUsername: async () => '',
      territories: territoriesIn(database),
      desk: nobody,
      planning: nobody,
      notices: nobody,
      enqueue: nobody,
    }
    return (await retentionCommand(deps, parsed)).map((one) => one.split('\t').slice(0, 4))
  }
  const listed = await command('retention --dry-run')
  expect(listed).toContainEqual(['processed-updates', '7 days', '1', ''])
  expect(listed).toContainEqual(['closed-cases', 'CLOSED_CASES_YEARS is not set', '–', ''])
  expect(listed.at(-1)).toEqual(['Nothing was deleted'])
  expect(await database.prisma.processedUpdate.count()).toBe(1)
  expect(await database.prisma.retentionRun.count()).toBe(0)
  const done = await command('retention')
  expect(done).toContainEqual(['processed-updates', '7 days', '1', '1 deleted'])
  expect(await database.prisma.processedUpdate.count()).toBe(0)
  expect(await database.prisma.retentionRun.count()).toBe(1)
})
