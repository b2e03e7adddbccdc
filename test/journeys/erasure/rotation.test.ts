import { randomUUID } from 'node:crypto'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { parseCommand } from '#src/cli/parse.ts'
import { rotateKeysCommand } from '#control/rotate-command.ts'
import { createLog } from '#core/log.ts'
import { erase } from '#features/erasure/erase.ts'
import { createJobs } from '#queue/boss.ts'
import type { Tx } from '#storage/database.ts'
import { resealAll } from '#storage/keys/reseal.ts'
import { erasedSinceRotation, keysInUse, rewrapAll } from '#storage/keys/rotate.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { createPerson } from '#storage/people.ts'
import { createSealer, type Sealer } from '#storage/seal.ts'
import { territoriesIn } from '#test/support/territory-book.ts'
import { testKeys, testSealer } from '#test/support/accounts.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { sealAccounts } from '#workers/seal-accounts.ts'

const db = useTestDatabase()
const next = { id: 'next', key: Buffer.alloc(32, 8) }
const both = createSealer([next, ...testKeys])
const nextOnly = createSealer([next])
const at = new Date('2026-11-25T07:00:00Z')

const aFamily = async () => {
  const stages = { region: 'stavropol', territory: 'leninsky', stage: 'activities' }
  return (await db().prisma.family.create({ data: { ...stages, appliedAt: at, createdAt: at } })).id
}

let author = ''
beforeAll(async () => {
  author = (
    await db().prisma.staffMember.create({ data: { name: 'Ирина', role: 'curator', territories: [] } })
  ).id
})

const note = (sealer: Sealer, familyId: string, text: string) => {
  const id = randomUUID()
  return { id, familyId, at, text: sealer.seal(text, `family_notes.text.${id}`), staffId: author }
}

test('keys are rotated while others write: everything is read all the time, and the earlier key can go', async ({
  annotate,
}) => {
  const families = await Promise.all(Array.from({ length: 40 }, aFamily))
  // Of the version before: sealed with DATA_KEYS themselves.
  const old = families.flatMap((id, n) =>
    Array.from({ length: 50 }, (_, m) => note(testSealer, id, `${n}.${m}`)),
  )
  await db().prisma.familyNote.createMany({ data: old })
  for (const person of families)
    await db().transaction((tx) =>
      createPerson(tx, testSealer, { account: `telegram:${person}`, language: 'ru', address: 'adult' }),
    )
  await db().transaction(async (tx) => void (await sealerOf(tx, testSealer, { appeal: randomUUID() })))

  const work = { on: true, written: 0, read: 0 }
  const readSome = async (tx: Tx, sealer: Sealer) => {
    const rows = await tx.familyNote.findMany({ take: 40, orderBy: { id: 'asc' } })
    for (const { id, text } of rows)
      expect(sealer.open(text, `family_notes.text.${id}`)).toMatch(/^\d+\.\w+$/)
    work.read += rows.length
  }
  const worker = async (sealer: Sealer) => {
    for (let n = 0; work.on; n += 1)
      await db().transaction(async (tx) => {
        const familyId = families[n % families.length] ?? ''
        const own = await sealerOf(tx, sealer, { family: familyId })
        await tx.familyNote.create({ data: note(own, familyId, `${n}.new`) })
        work.written += 1
        await readSome(tx, sealer)
      })
  }
  const workers = [worker(both), worker(both)]
  const started = performance.now()
  const { keys } = await rewrapAll(db(), both)
  const wrapped = performance.now()
  const accounts = await sealAccounts({ database: db(), sealer: both, log: createLog('silent') })
  const { values, failed } = await resealAll(db(), both)
  const ended = performance.now()
  work.on = false
  await Promise.all(workers)

  expect({ values, failed, accounts }).toEqual({ values: old.length, failed: 0, accounts: families.length })
  expect(keys).toBeGreaterThan(0)
  expect(work.written).toBeGreaterThan(0)
  expect(await keysInUse(db())).toEqual([{ key: 'next', values: expect.any(Number) }])
  // A process that never had the earlier key.
  const rows = await db().prisma.familyNote.findMany()
  expect(rows).toHaveLength(old.length + work.written)
  for (const { id, text } of rows) expect(nextOnly.open(text, `family_notes.text.${id}`)).not.toBe('')
  expect(await resealAll(db(), both)).toEqual({ values: 0, failed: 0 })
  const [ms, all] = [Math.round(wrapped - started), Math.round(ended - started)]
  await annotate(
    `${keys} keys wrapped in ${ms} ms; ${values} values and ${accounts} accounts sealed in ${all} ms; meanwhile ${work.written} written, ${work.read} read`,
  )
})

test('only the envelope of what is sealed changes, and once', async () => {
  const familyId = await aFamily()
  const data = note(testSealer, familyId, 'правда')
  await db().prisma.familyNote.create({ data })
  const reseal = async (becomes: string, of = ['family_notes', 'text']) => {
    const [row] = await db().prisma.$queryRaw<{ ctid: string; text: string }[]>`
      SELECT ctid::text, text FROM family_notes WHERE id = ${data.id}::uuid`
    return db().prisma.$queryRaw`SELECT reseal_values(${of[0]}, ${of[1]}, ${[row?.ctid]}::text[]::tid[],
      ${[row?.text]}::text[], ${[becomes]}::text[]) AS changed`
  }
  const aad = `family_notes.text.${data.id}`
  const own = await sealerOf(db(), testSealer, { family: familyId })
  for (const forged of ['слово', 'v2.x', own.seal('правда и ложь', aad), testSealer.seal('ложь!!', aad)])
    await expect(reseal(forged), forged).rejects.toThrow(/envelope/)
  await expect(reseal(own.seal('правда', aad), ['family_events', 'detail'])).rejects.toThrow(/is not sealed/)
  expect(await reseal(own.seal('правда', aad))).toEqual([{ changed: 1 }])
  await expect(reseal(own.seal('неправ', aad))).rejects.toThrow(/envelope/)
  await expect(
    db().prisma.familyNote.update({ where: { id: data.id }, data: { text: data.text } }),
  ).rejects.toThrow(/append-only/)
})

test('«ryadom keys rotate» says what it did and what may go; the doctor reminds of it after an erasure', async () => {
  const third = { id: 'third', key: Buffer.alloc(32, 7) }
  const sealer = createSealer([third, next, ...testKeys])
  const account = `telegram:${randomUUID()}`
  const { id: person } = await db().transaction((tx) =>
    createPerson(tx, both, { account, language: 'ru', address: 'adult' }),
  )
  const jobs = createJobs(db(), createLog('silent'))
  await jobs.start()
  onTestFinished(() => jobs.stop())
  const deps = { sealer: both, enqueue: jobs.enqueue }
  const eraseAt = (of: string, now: Date) =>
    db().transaction((tx) => erase(tx, deps, { of: { person: of }, ground: 'request', by: {}, now }))
  await eraseAt(person, at)
  expect(await erasedSinceRotation(db())).toEqual({ erasures: 1, rotatedAt: null })

  expect(parseCommand(['keys', 'rotate'])).toEqual({ name: 'keys-rotate' })
  const nobody = () => Promise.reject(new Error('not asked for'))
  const later = new Date('2026-11-26T07:00:00Z')
  const rotate = async () =>
    (
      await rotateKeysCommand({
        ...{ db: db(), clock: { now: () => later }, botUsername: async () => '' },
        ...{ territories: territoriesIn(db()), planning: nobody, notices: nobody, enqueue: nobody },
        desk: async () => ({ sealer }) as never,
      })
    ).join('\n')
  expect(await rotate()).toMatch(/^Wrapped \d+ keys, [\s\S]*Nothing needs another key than third/)
  expect(await keysInUse(db())).toEqual([{ key: 'third', values: expect.any(Number) }])
  expect(await erasedSinceRotation(db())).toEqual({ erasures: 0, rotatedAt: later })
  // Again it finds nothing to do.
  expect(await rotate()).toMatch(/^Wrapped 0 keys, sealed 0 accounts and 0 values/)

  const { id: other } = await db().transaction((tx) =>
    createPerson(tx, sealer, { account: `telegram:${randomUUID()}`, language: 'ru', address: 'adult' }),
  )
  await eraseAt(other, new Date('2026-11-27T07:00:00Z'))
  expect(await erasedSinceRotation(db())).toEqual({ erasures: 1, rotatedAt: later })
})
