import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import type { Database } from '#storage/database.ts'
import { direct } from '#storage/direct.ts'
import { wrapPlace } from '#storage/keys/known-keys.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { erasedText } from '#core/withheld.ts'
import { createSealer, SealError, UnknownKey } from '#storage/seal.ts'
import { testSealer as sealer, testKeys } from '#test/support/accounts.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const aad = 'drafts.answers.1'
const somebody = () => ({ person: randomUUID() })
const rowsOf = ({ person }: { person: string }) =>
  db().prisma.subjectKey.findMany({ where: { kind: 'person', subjectId: person } })

test('what is sealed for somebody is opened by every instance with DATA_KEYS, and by nobody without', async () => {
  const of = somebody()
  const sealed = await db().transaction(async (tx) => (await sealerOf(tx, sealer, of)).seal('правда', aad))
  expect(sealed).toMatch(/^v2\.[\w-]{22}\.[\w-]+$/)
  expect(createSealer(testKeys).open(sealed, aad)).toBe('правда')
  expect(() => sealer.open(sealed, 'drafts.answers.2')).toThrow(SealError)
  const stranger = createSealer([{ id: 'test', key: Buffer.alloc(32, 9) }])
  expect(() => stranger.open(sealed, aad)).toThrow(SealError)
})

/** A person whose key another process has made: this one has not read it yet. */
const theirs = async (destroyed = false) => {
  const of = { id: randomBytes(16).toString('base64url'), kind: 'person' as const, subjectId: randomUUID() }
  const key = { ...of, wrapped: sealer.seal(randomBytes(32).toString('base64url'), wrapPlace(of)) }
  const gone = destroyed && { wrapped: null, destroyedAt: new Date() }
  await db().prisma.subjectKey.create({ data: { ...key, ...gone } })
  const own = sealer.under(key)
  const sealedAccount = own.seal('telegram:1', aad)
  const account = randomBytes(32).toString('base64url')
  // Creating it by Prisma would read it.
  await db().prisma.$executeRaw`INSERT INTO persons (id, account, sealed_account)
    VALUES (${of.subjectId}::uuid, ${account}, ${sealedAccount})`
  return { id: of.subjectId, sealed: sealedAccount, json: own.sealJson({ a: 1 }, aad) }
}

const byId = 'SELECT sealed_account FROM persons WHERE id = $1::uuid'
const ways: Record<string, (database: Database, id: string) => Promise<unknown>> = {
  'by Prisma': ({ prisma }, id) => prisma.person.findUniqueOrThrow({ where: { id } }),
  'as JSON': ({ prisma }, id) =>
    prisma.$queryRaw`SELECT to_jsonb(p) AS p FROM persons p WHERE id = ${id}::uuid`,
  'as text of JSON': ({ prisma }, id) =>
    prisma.$queryRaw`SELECT json_agg(sealed_account)::text AS p FROM persons WHERE id = ${id}::uuid`,
  'as a list': ({ prisma }, id) =>
    prisma.$queryRaw`SELECT array_agg(sealed_account) AS p FROM persons WHERE id = ${id}::uuid`,
  'by a statement': ({ sql }, id) => sql.query('test-by-id', byId, [id]),
  'in a transaction': (database, id) => database.transaction((tx) => tx.person.findMany({ where: { id } })),
  'past Prisma': (database, id) =>
    database.transaction((tx) => direct(tx)`SELECT sealed_account FROM persons WHERE id = ${id}::uuid`),
  'together with the commit': (database, id) =>
    database.transactionThenRead(
      async () => {},
      (tx) => direct(tx)`SELECT sealed_account FROM persons WHERE id = ${id}::uuid`,
    ),
}

test.each(Object.keys(ways))('the key comes with the rows that need it: read %s', async (way) => {
  const { id, sealed } = await theirs()
  expect(() => sealer.open(sealed, aad)).toThrow(UnknownKey)
  await ways[way]?.(db(), id)
  expect(sealer.open(sealed, aad)).toBe('telegram:1')
})

test('statements that leave together each bring their keys', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, () => theirs()))
  await Promise.all(people.map(({ id }) => db().sql.query('test-by-id', byId, [id])))
  for (const { sealed } of people) expect(sealer.open(sealed, aad)).toBe('telegram:1')
})

test('a key of a transaction that is rolled back is not used again', async () => {
  const of = somebody()
  const failing = db().transaction(async (tx) => {
    await sealerOf(tx, sealer, of)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await rowsOf(of)).toEqual([])
  const sealed = (await sealerOf(db(), sealer, of)).seal('есть', aad)
  const [row] = await rowsOf(of)
  expect(sealed.split('.')[1]).toBe(row?.id)
})

test('of two that make it at once one wins, and both use it', async () => {
  const of = somebody()
  const make = () =>
    db().transaction(async (tx) => (await sealerOf(tx, sealer, of)).seal('оба', aad).split('.')[1])
  const made = await Promise.all(Array.from({ length: 6 }, make))
  expect(new Set(made).size).toBe(1)
  expect(await rowsOf(of)).toHaveLength(1)
})

test('whoever is known is sealed for without a question to the database', async () => {
  const of = somebody()
  await db().transaction(async (tx) => void (await sealerOf(tx, sealer, of)))
  const asked = vi.spyOn(db().sql, 'query')
  await sealerOf(db(), sealer, of)
  await db().transaction((tx) => sealerOf(tx, sealer, of))
  expect(asked).not.toHaveBeenCalled()
  asked.mockRestore()
})

test('a destroyed key opens nothing and seals nothing', async () => {
  const { id, sealed, json } = await theirs(true)
  await db().prisma.person.findMany({ where: { id } })
  expect(sealer.open(sealed, aad)).toBe(erasedText)
  expect(sealer.openJson(json, aad, [])).toEqual([])
  expect(() => sealer.openJson(json, aad)).toThrow(SealError)
  await expect(sealerOf(db(), sealer, { person: id })).rejects.toMatchObject({ code: 'not-found' })
})
