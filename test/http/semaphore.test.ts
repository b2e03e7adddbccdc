import { expect, test } from 'vitest'
import { createSemaphore } from '#http/semaphore.ts'

test('runs up to `concurrency` calls at once, the others in order of arrival', async () => {
  const limit = createSemaphore({ concurrency: 2, waitMs: 10_000 })
  const begun: number[] = []
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
  const all = ends.map(({ promise }, index) =>
    limit(async () => {
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
  await expect(limit(async () => 'free again')).resolves.toBe('free again')
})

test('a call that waited too long is rejected and never started', async () => {
  const limit = createSemaphore({ concurrency: 1, waitMs: 20 })
  const first = Promise.withResolvers<void>()
  const going = limit(() => first.promise)
  let begun = false
  await expect(
    limit(async () => {
      begun = true
    }),
  ).rejects.toMatchObject({ code: 'unavailable' })
  first.resolve()
  await going
  await expect(limit(async () => 'free again')).resolves.toBe('free again')
  expect(begun).toBe(false)
})
