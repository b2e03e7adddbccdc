import { expect, test } from 'vitest'
import { createTurns } from '#http/semaphore.ts'

test('so many go on at once, the others in the order in which they came', async () => {
  const turns = createTurns({ atOnce: 2, waitMs: 10_000 })
  const begun: number[] = []
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
  const all = ends.map(({ promise }, index) =>
    turns(async () => {
      begun.push(index)
      await promise
    }),
  )
  await expect.poll(() => begun).toEqual([0, 1])
  ends[1]?.reject(new Error('went wrong'))
  await expect(all[1]).rejects.toThrow('went wrong')
  await expect.poll(() => begun).toEqual([0, 1, 2])
  for (const { resolve } of ends) resolve()
  await Promise.allSettled(all)
  expect(begun).toEqual([0, 1, 2, 3, 4])
  await expect(turns(async () => 'free again')).resolves.toBe('free again')
})

test('nobody waits for ever, and who gave up is not begun', async () => {
  const turns = createTurns({ atOnce: 1, waitMs: 20 })
  const first = Promise.withResolvers<void>()
  const going = turns(() => first.promise)
  let begun = false
  await expect(
    turns(async () => {
      begun = true
    }),
  ).rejects.toMatchObject({ code: 'unavailable' })
  first.resolve()
  await going
  await expect(turns(async () => 'free again')).resolves.toBe('free again')
  expect(begun).toBe(false)
})
