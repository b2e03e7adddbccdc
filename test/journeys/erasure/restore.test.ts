import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import pg from 'pg'
import { describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { createLog } from '#core/log.ts'
import { erase } from '#features/erasure/erase.ts'
import { openAccount } from '#storage/accounts.ts'
import type { Database } from '#storage/database.ts'
import { clearRestored } from '#storage/erasure/again.ts'
import { forgetPerson } from '#storage/intake/forget-person.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { createPerson, findSnapshot, personOf } from '#storage/people.ts'
import { erasedText } from '#core/withheld.ts'
import type { Sealer } from '#storage/seal.ts'
import { testKeys, testSealer } from '#test/support/accounts.ts'
import { openTestDatabase } from '#test/support/database.ts'
import { databaseUrl, serverUrl } from '#test/support/postgres.ts'

const run = promisify(execFile)
const now = new Date('2026-11-25T07:00:00Z')
const accounts = { gone: 'telegram:51000001', stays: 'telegram:51000002', left: 'telegram:51000003' }

/** As docs/operations.md says: a dump and an identity of its own for each of the two files. */
const backUp = async (url: string, what: readonly string[]) => {
  const identity = await generateIdentity()
  const { stdout } = await run('pg_dump', [...what, url], { encoding: 'buffer', maxBuffer: 64 << 20 })
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(identity))
  const file = await encrypter.encrypt(stdout)
  expect(Buffer.from(file).includes('subject_keys')).toBe(false)
  return { file, identity }
}
type Backup = Awaited<ReturnType<typeof backUp>>

const data = ['--exclude-table-data=public.subject_keys', '--exclude-table-data=public.destruction_acts']
const keys = ['--data-only', '--table=public.subject_keys', '--table=public.destruction_acts']

/** Into a database that another process opens: it knows no key but those of the files. */
const restore = async (...backups: Backup[]): Promise<{ restored: Database; sealer: Sealer }> => {
  const name = `ryadom_restored_${randomBytes(6).toString('hex')}`
  const server = new pg.Client({ connectionString: serverUrl() })
  await server.connect()
  await server.query(`CREATE DATABASE ${name}`)
  const dir = await mkdtemp(join(tmpdir(), 'ryadom-restore-'))
  vi.resetModules()
  const [{ openDatabase }, { createSealer }] = [
    await import('#storage/open.ts'),
    await import('#storage/seal.ts'),
  ]
  const database = await openDatabase({ kind: 'postgres', url: databaseUrl(name) }, createLog('silent'))
  onTestFinished(async () => {
    await database.close()
    await server.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await server.end()
    await rm(dir, { recursive: true })
  })
  for (const { file, identity } of backups) {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    const sql = join(dir, randomBytes(4).toString('hex'))
    await writeFile(sql, await decrypter.decrypt(file))
    await run('psql', ['--quiet', '--set=ON_ERROR_STOP=1', `--file=${sql}`, databaseUrl(name)])
  }
  return { restored: database, sealer: createSealer(testKeys) }
}

const draftOf = async (database: Database, sealer: Sealer, personId: string) => {
  const { answers } = await database.prisma.draft.findUniqueOrThrow({ where: { personId } })
  return sealer.open(answers, `drafts.answers.${personId}`)
}

describe.runIf(inject('database') === 'postgres')('a restored backup', () => {
  test('does not bring back whoever was erased since, and everybody else is there', async () => {
    const { database, options, dispose } = await openTestDatabase()
    onTestFinished(() => dispose())
    const url = options.kind === 'postgres' ? options.url : ''
    const make = (account: string, story: string) =>
      database.transaction(async (tx) => {
        const { id } = await createPerson(tx, testSealer, { account, language: 'ru', address: 'adult' })
        const own = await sealerOf(tx, testSealer, { person: id })
        const answers = own.seal(story, `drafts.answers.${id}`)
        await tx.draft.create({ data: { personId: id, version: 1, region: 'stavropol', answers } })
        return id
      })
    const [gone, stays] = [await make(accounts.gone, 'тайна'), await make(accounts.stays, 'просьба')]
    const left = await make(accounts.left, 'начатое')
    const [before, keysBefore] = [await backUp(url, data), await backUp(url, keys)]
    const deps = { sealer: testSealer, enqueue: async () => {} }
    const of = { person: gone }
    await database.transaction((tx) => erase(tx, deps, { of, ground: 'withdrawal', by: {}, now }))
    await database.transaction((tx) => forgetPerson(tx, left))
    const newest = await backUp(url, keys)

    const { restored, sealer } = await restore(before, newest)
    expect(await draftOf(restored, sealer, gone)).toBe(erasedText)
    expect(openAccount(sealer, (await personOf(restored, gone))?.account ?? '')).toBe(erasedText)
    expect(await draftOf(restored, sealer, stays)).toBe('просьба')
    await expect(draftOf(restored, sealer, left)).rejects.toThrow('unknown key')
    expect((await findSnapshot(restored, sealer, accounts.stays))?.person.id).toBe(stays)
    expect(await restored.prisma.destructionAct.findMany()).toMatchObject([{ subjectId: gone }])
    // What the dump has in the clear goes again with the start of the app.
    expect(await clearRestored(restored, now)).toBe(2)
    expect(await clearRestored(restored, now)).toBe(0)
    expect(await findSnapshot(restored, sealer, accounts.gone)).toBeNull()
    expect(await restored.prisma.person.count({ where: { id: left } })).toBe(0)
    expect(await restored.prisma.draft.count({ where: { personId: gone } })).toBe(0)

    // Why the keys are kept for days only: a file of them from before still opens it.
    const careless = await restore(before, keysBefore)
    expect(await draftOf(careless.restored, careless.sealer, gone)).toBe('тайна')
  })
})
