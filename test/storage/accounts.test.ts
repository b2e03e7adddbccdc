import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { concealAccount, namesOf, openAccount, recipientOf } from '#storage/accounts.ts'
import type { Database } from '#storage/database.ts'
import { migrate } from '#storage/migrate.ts'
import { createPerson, findSnapshot, personOf } from '#storage/people.ts'
import { createSealer, type Sealer } from '#storage/seal.ts'
import { checkStoredData } from '#storage/stored-data.ts'
import { testKeys, testSealer } from '#test/support/accounts.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { beforeMigration } from '#test/support/earlier-schema.ts'
import { sealAccounts } from '#workers/seal-accounts.ts'
import { newAccount } from './samples.ts'

const db = useTestDatabase()
const log = createLog('silent')
const rotated = createSealer([{ id: 'next', key: Buffer.alloc(32, 8) }, ...testKeys])
const nextOnly = createSealer([{ id: 'next', key: Buffer.alloc(32, 8) }])

const create = (database: Database, sealer: Sealer, account: string) =>
  database.transaction((tx) => createPerson(tx, sealer, { account, language: 'ru', address: 'adult' }))

/** The account that a person is written to. */
const reached = async (database: Database, sealer: Sealer, id: string) =>
  openAccount(sealer, (await personOf(database, id))?.account ?? '')

describe('an account', () => {
  test('is opened for its own person only, and its length is not seen', () => {
    const [id, other] = [randomUUID(), randomUUID()]
    const long = { id, ...concealAccount(testSealer, id, 'telegram:5000000001') }
    const short = concealAccount(testSealer, id, 'telegram:51')
    expect(openAccount(testSealer, recipientOf(long))).toBe('telegram:5000000001')
    expect(short.sealedAccount).toHaveLength(long.sealedAccount.length)
    expect(() => openAccount(testSealer, recipientOf({ ...long, id: other }))).toThrow(/another place/)
    expect(openAccount(testSealer, 'telegram:51')).toBe('telegram:51')
  })

  test('is found by a hash that no one makes without the key', () => {
    expect(namesOf(testSealer, 'telegram:51')).toEqual([expect.stringMatching(/^[\w-]{43}$/), 'telegram:51'])
    expect(namesOf(rotated, 'telegram:51').slice(1)).toEqual(namesOf(testSealer, 'telegram:51'))
    expect(namesOf(nextOnly, 'telegram:51')[0]).not.toBe(namesOf(testSealer, 'telegram:51')[0])
  })

  test('is never stored in the clear, whoever writes it', async () => {
    const { prisma } = db()
    await expect(prisma.person.create({ data: { account: newAccount() } })).rejects.toThrow(/keyed hash/)
    const { id } = await create(db(), testSealer, newAccount())
    const plain = { account: newAccount() }
    await expect(prisma.person.update({ where: { id }, data: plain })).rejects.toThrow(
      /persons_account_check/,
    )
  })
})

test('after a rotation everybody is still known, and a job makes the earlier key unnecessary', async () => {
  const account = newAccount()
  const { id } = await create(db(), testSealer, account)
  expect((await findSnapshot(db(), rotated, account))?.person.id).toBe(id)
  expect((await create(db(), rotated, account)).id).toBe(id)
  expect(await reached(db(), rotated, id)).toBe(account)
  // Without the earlier key they would be strangers: the app does not start.
  const start = (sealer: Sealer) => checkStoredData(db(), { sealer, region: 'stavropol', log })
  await expect(start(nextOnly)).rejects.toThrow(/id: test\)/)
  await start(rotated)

  expect(await sealAccounts({ database: db(), sealer: rotated, log })).toBeGreaterThan(0)
  expect(await sealAccounts({ database: db(), sealer: rotated, log })).toBe(0)
  expect((await findSnapshot(db(), nextOnly, account))?.person.id).toBe(id)
  expect(await reached(db(), nextOnly, id)).toBe(account)
  await start(nextOnly)
  const sameId = createSealer([{ id: 'next', key: Buffer.alloc(32, 9) }])
  await expect(start(sameId)).rejects.toThrow(/id: next\)/)
})

test(
  'accounts of the version before are known at once, and sealed by a job that may be killed and run twice',
  () =>
    beforeMigration('sealed_accounts', async (database) => {
      const { prisma } = database
      const people = Array.from({ length: 250 }, () => ({ id: randomUUID(), account: newAccount() }))
      const rows = people.map(({ id, account }) => `('${id}', '${account}')`).join()
      await prisma.$executeRawUnsafe(`INSERT INTO persons (id, account) VALUES ${rows}`)
      const [first, second] = people as [(typeof people)[number], (typeof people)[number]]
      const guessable = '0a0a0a0a-0a0a-8a0a-8a0a-0a0a0a0a0a0a'
      await prisma.$executeRawUnsafe(`
        INSERT INTO consents (id, person_id, kind, version, text_hash, language, given_at)
        VALUES ('${guessable}', '${first.id}', 'personal-data', '1', repeat('a', 64), 'ru', now())`)
      await prisma.$executeRawUnsafe(`INSERT INTO consent_withdrawals VALUES ('${guessable}', now())`)
      await migrate(database, log)

      const knows = async ({ id, account }: typeof first) => {
        expect((await findSnapshot(database, testSealer, account))?.person.id).toBe(id)
        expect((await create(database, testSealer, account)).id).toBe(id)
        expect(await reached(database, testSealer, id)).toBe(account)
      }
      await knows(first)
      expect(await prisma.consent.count({ where: { id: guessable } })).toBe(0)
      expect(await prisma.consentWithdrawal.findMany({ include: { consent: true } })).toMatchObject([
        { consent: { personId: first.id } },
      ])

      // A process that died after one row, and two jobs at once.
      await prisma.person.update({
        where: { id: second.id },
        data: concealAccount(testSealer, second.id, second.account),
      })
      const seal = () => sealAccounts({ database, sealer: testSealer, log })
      const [one, other] = await Promise.all([seal(), seal()])
      expect(one + other).toBe(people.length)
      expect(
        await prisma.person.count({ where: { account: { in: people.map(({ account }) => account) } } }),
      ).toBe(0)
      expect(await prisma.person.count()).toBe(people.length)
      for (const person of people.slice(0, 5)) await knows(person)
    }),
  120_000,
)
