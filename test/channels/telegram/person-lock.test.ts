import { expect, test } from 'vitest'
import { createPersonLock } from '#channels/telegram/person-lock.ts'

test('a card is left to a waiting input, and to no job: that draws nothing', async () => {
  const lock = createPersonLock()
  const first = await lock.enter('telegram:1', 'input')
  const job = lock.enter('telegram:1')
  expect(first.more()).toBe(false)
  const second = lock.enter('telegram:1', 'input')
  expect(first.more()).toBe(true)
  const other = await lock.enter('telegram:2', 'input')
  expect(other.more()).toBe(false)
  first.leave()
  const working = await job
  expect(working.more()).toBe(true)
  working.leave()
  expect((await second).more()).toBe(false)
})
