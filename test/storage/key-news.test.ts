import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { erasedText } from '#core/withheld.ts'
import { destroyKeys, forgetKey } from '#storage/keys/subject-keys.ts'
import { createPerson } from '#storage/people.ts'
import { testSealer } from '#test/support/accounts.ts'
import { openTestDatabase } from '#test/support/database.ts'

const script = new URL('key-holder.ts', import.meta.url).pathname

/** Another process that has read somebody's account, and never reads it again: what it opens tells what it has heard. */
const holderOf = async (options: unknown, personId: string) => {
  const child = spawn(process.execPath, [script, JSON.stringify(options), personId], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  onTestFinished(async () => {
    const gone = once(child, 'exit')
    child.stdin.end()
    await gone
  })
  return async (): Promise<string> => {
    child.stdin.write('?\n')
    return String((await lines.next()).value)
  }
}

describe.runIf(inject('database') === 'postgres')('a key that one instance destroys', () => {
  test.each([
    ['destroyed', (tx, person) => destroyKeys(tx, { kind: 'person', ids: [person] }, null)],
    ['forgotten', (tx, person) => forgetKey(tx, { person })],
  ] as [string, (tx: Parameters<typeof forgetKey>[0], person: string) => Promise<unknown>][])(
    '%s: the others stop opening what they have read, also after a lost connection, and only with the commit',
    async (_, destroy) => {
      const { database, options, dispose } = await openTestDatabase()
      onTestFinished(() => dispose())
      const make = (account: string) =>
        database.transaction((tx) =>
          createPerson(tx, testSealer, { account, language: 'ru', address: 'adult' }),
        )
      const [gone, stays] = [await make('telegram:52000001'), await make('telegram:52000002')]
      const [ofGone, another, ofOther] = [
        await holderOf(options, gone.id),
        await holderOf(options, gone.id),
        await holderOf(options, stays.id),
      ]
      expect([await ofGone(), await another(), await ofOther()]).toEqual([
        ...['telegram:52000001', 'telegram:52000001', 'telegram:52000002'],
      ])
      // Their connections are lost and made anew.
      const listening = () =>
        database.prisma.$queryRaw<{ pid: number }[]>`
          SELECT pid FROM pg_stat_activity WHERE application_name = 'ryadom-keys' AND datname = current_database()
            AND query NOT LIKE 'BEGIN%'`
      await expect.poll(async () => (await listening()).length).toBe(3)
      const before = (await listening()).map(({ pid }) => pid)
      for (const pid of before) await database.prisma.$queryRaw`SELECT pg_terminate_backend(${pid}::int)`
      await expect
        .poll(async () => (await listening()).filter(({ pid }) => !before.includes(pid)).length, {
          timeout: 30_000,
        })
        .toBe(3)

      const undone = database.transaction(async (tx) => {
        await destroy(tx, gone.id)
        throw new Error('taken back')
      })
      await expect(undone).rejects.toThrow('taken back')
      expect(await ofGone()).toBe('telegram:52000001')

      await database.transaction((tx) => destroy(tx, gone.id))
      for (const holder of [ofGone, another]) await expect.poll(holder, { timeout: 30_000 }).toBe(erasedText)
      expect(await ofOther()).toBe('telegram:52000002')
    },
  )
})
