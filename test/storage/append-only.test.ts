import { beforeAll, describe, expect, test } from 'vitest'
import { appendOnly, keptOnceSent } from '#storage/append-only.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { erasing } from '#test/support/erasing.ts'
import { addEvidence, another } from '#test/support/evidence-rows.ts'
import { newPerson, submitted } from './samples.ts'

const db = useTestDatabase()
beforeAll(() => addEvidence(db()))

class Undone extends Error {}

/** Carries statements out one after the other, and takes them back. Returns the refusal, or null. */
const refusalOf = async (...statements: string[]): Promise<string | null> => {
  const attempt = db().transaction(async (tx) => {
    for (const statement of statements) await tx.$executeRawUnsafe(statement)
    throw new Undone()
  })
  return attempt.catch((error: Error) => (error instanceof Undone ? null : error.message))
}

const columnsOf = (table: string) =>
  db().prisma.$queryRaw<{ name: string; type: string }[]>`
    SELECT column_name AS name, data_type AS type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = ${table} ORDER BY ordinal_position`

const change = (table: string, { name, type }: { name: string; type: string }) =>
  `UPDATE ${table} SET "${name}" = ${another[type]?.(`"${name}"`)}`

describe.each(Object.entries(appendOnly))('%s', (table, { once = [], changing = [] }) => {
  test('is only added to', async () => {
    expect(await refusalOf(`DELETE FROM ${table}`)).toMatch(`${table} is append-only`)
    expect(await refusalOf(`TRUNCATE ${table} CASCADE`)).toMatch('is append-only')
    const columns = await columnsOf(table)
    expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining([...once, ...changing]))
    for (const column of columns) {
      const refusal = await refusalOf(change(table, column))
      if (once.includes(column.name) || changing.includes(column.name))
        expect(refusal ?? '', column.name).not.toMatch('append-only')
      else expect(refusal, column.name).toMatch(`${table} is append-only`)
    }
  })

  test('its owner can erase, and says so', async () => {
    const erase = `SET LOCAL ryadom.erasing = 'on'`
    // Rows that refer to it may still hold it.
    expect((await refusalOf(erase, `DELETE FROM ${table}`)) ?? '').not.toMatch('append-only')
    expect(await refusalOf(`SET LOCAL ryadom.erasing = 'off'`, `DELETE FROM ${table}`)).toMatch('append-only')
  })
})

const filledOnce = Object.entries(appendOnly).flatMap(([table, { once = [] }]) =>
  once.map((name) => ({ table, name })),
)
test.each(filledOnce)('$table.$name is filled in once', async ({ table, name }) => {
  // What it refers to is not there, and the check of that would come first.
  const unchecked = [`ALTER TABLE ${table} DISABLE TRIGGER ALL`, `ALTER TABLE ${table} ENABLE TRIGGER USER`]
  const column = (await columnsOf(table)).find((one) => one.name === name)
  const fill = change(table, { name, type: column?.type ?? '' })
  const refused = `${table} is append-only`
  expect(await refusalOf(...unchecked, fill)).toBeNull()
  expect(await refusalOf(...unchecked, fill, fill)).toMatch(refused)
  expect(await refusalOf(...unchecked, fill, `UPDATE ${table} SET "${name}" = NULL`)).toMatch(refused)
})

test('neither these tables nor those of answers are emptied, directly or through what they refer to', async () => {
  for (const table of [
    ...keptOnceSent,
    'persons',
    'families',
    'requests',
    'staff_members',
    'survey_versions',
  ])
    expect(await refusalOf(`TRUNCATE ${table} CASCADE`), table).toMatch('is append-only')
})

test('the list is the database’s', async () => {
  const guarded = await db().prisma.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT r.relname AS name FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
      JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE p.proname IN ('refuse_change', 'refuse_other_changes') ORDER BY 1`
  expect(guarded.map(({ name }) => name)).toEqual([...Object.keys(appendOnly), ...keptOnceSent].sort())
})

test('only consents that never became part of a request can be forgotten, and none of a family’s', async () => {
  const { id: requestId, personId } = await submitted(db())
  const stranger = await newPerson(db())
  const consent = {
    kind: 'personal-data',
    version: '2026-11-01',
    textHash: 'a'.repeat(64),
    language: 'ru',
    givenAt: new Date(),
  }
  const { prisma } = db()
  await prisma.consent.createMany({
    data: [
      { ...consent, personId, requestId },
      ...[personId, stranger.id].map((id) => ({ ...consent, personId: id })),
    ],
  })
  const forget = async (id: string) =>
    (await prisma.$queryRaw<{ n: number }[]>`SELECT forget_unused_consents(${id}::uuid) AS n`)[0]?.n
  expect(await forget(personId)).toBe(1)
  expect(await prisma.consent.findMany({ where: { personId } })).toMatchObject([{ requestId }])
  await erasing(db(), async (tx) => {
    const number = Math.trunc(Math.random() * 1e6) + 1000
    const family = await tx.family.create({
      data: {
        region: 'stavropol',
        territory: 'lenin',
        stage: 'plan',
        number,
        appliedAt: new Date(),
        createdAt: new Date(),
      },
    })
    const member = { familyId: family.id, role: 'parent', name: 'v1.test.name', addedAt: new Date() }
    await tx.familyMember.create({ data: { ...member, personId: stranger.id } })
  })
  expect(await forget(stranger.id)).toBe(0)
  expect(await prisma.consent.count({ where: { personId: stranger.id } })).toBe(1)
})
