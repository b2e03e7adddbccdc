import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { createSealer } from '#storage/seal.ts'
import { checkStoredData } from '#storage/stored-data.ts'
import { testSealer } from '#test/support/accounts.ts'
import { askedFamily } from '#test/support/answer-sets.ts'
import { takeDatabase } from '#test/support/world-databases.ts'
import { submitted } from './samples.ts'

/** Each looks at the newest rows of all, so it has a database without any. */
const stored = async () => {
  const { database, giveBack } = await takeDatabase()
  onTestFinished(({ task }) => giveBack(task.result?.state === 'fail'))
  const lines: string[] = []
  const log = createLog('error', (line) => lines.push(line))
  const check = (sealer = testSealer, region = 'stavropol') =>
    checkStoredData(database, { sealer, region, log })
  return { database, lines, check }
}

test('data of another region ends the start', async () => {
  const { database, check } = await stored()
  await check()
  await askedFamily(database)
  await check()
  await expect(check(testSealer, 'novgorod')).rejects.toThrow('data of the region «stavropol»')
})

test('keys that open nothing end the start', async () => {
  const { database, check } = await stored()
  await askedFamily(database)
  const others = createSealer([{ id: 'other', key: Buffer.alloc(32, 9) }])
  await expect(check(others)).rejects.toThrow('The keys in DATA_KEYS open nothing')
})

test('keys that open a part are reported', async () => {
  const { database, check, lines } = await stored()
  await askedFamily(database)
  const id = randomUUID()
  const others = createSealer([{ id: 'other', key: Buffer.alloc(32, 9) }])
  await submitted(database, { id, contact: others.seal('+79001112233', `requests.contact.${id}`) })
  await check()
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ msg: 'keys.incomplete', failed: 1, of: 2 }])
})
