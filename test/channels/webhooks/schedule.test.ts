import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEndpointLimiter } from '#channels/webhooks/endpoint-limiter.ts'
import { createBatchWriter } from '#channels/webhooks/batch-writer.ts'
import { attemptsAt, nextAttemptAt, retryAfterMs } from '#channels/webhooks/schedule.ts'

const start = new Date('2026-11-22T10:00:00Z')
const hour = 60 * 60 * 1000
const later = (ms: number) => new Date(start.getTime() + ms)

describe('the schedule', () => {
  test('is 0 s, 5 s, 1 min, 5 min, 30 min, 2 h, 5 h, 10 h, 24 h after the first attempt, ± 20 %', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (dice) => {
          let begunAt = start
          const moments = [0]
          for (const [n, die] of dice.entries()) {
            const next = nextAttemptAt({ attempts: n + 1, begunAt }, { now: begunAt, random: () => die })
            begunAt = next ?? begunAt
            moments.push(begunAt.getTime() - start.getTime())
          }
          const aims = [0, 5, 60, 300, 1800, 7200, 18_000, 36_000, 86_400].map((seconds) => seconds * 1000)
          for (const [n, aim] of aims.entries()) {
            expect(moments[n]).toBeGreaterThanOrEqual(aim * 0.8 - 1)
            expect(moments[n]).toBeLessThanOrEqual(aim * 1.2 + 1)
          }
        },
      ),
    )
  })

  test('ends after nine attempts', () => {
    expect(attemptsAt).toHaveLength(9)
    const moment = { now: start, random: () => 0.5 }
    expect(nextAttemptAt({ attempts: 8, begunAt: start }, moment)).toEqual(later(14 * hour))
    expect(nextAttemptAt({ attempts: 9, begunAt: start }, moment)).toBeNull()
  })

  test('never returns a past time, and honours Retry-After up to a day', () => {
    const next = (retryMs: number | undefined, nowMs: number) =>
      nextAttemptAt(
        { attempts: 1, begunAt: start, ...(retryMs !== undefined && { retryAfterMs: retryMs }) },
        { now: later(nowMs), random: () => 0.5 },
      )
    expect(next(undefined, 0)).toEqual(later(5_000))
    expect(next(undefined, 15_000)).toEqual(later(15_000))
    expect(next(2_000, 0)).toEqual(later(5_000))
    expect(next(60_000, 1_000)).toEqual(later(61_000))
    expect(next(1000 * hour, 0)).toEqual(later(24 * hour))
  })
})

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Sun, 22 Nov 2026 10:01:00 GMT', 60_000],
  ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['1e9', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %s', (header, ms) => {
  expect(retryAfterMs(header, start)).toBe(ms)
})

describe('the endpoint limiter', () => {
  test('does not limit a fast endpoint, however many attempts are running', () => {
    const limiter = createEndpointLimiter(() => 0)
    for (let n = 0; n < 500; n += 1) limiter.started('quick')
    expect(limiter.waitSeconds('quick')).toBeNull()
  })

  test('postpones further attempts of a slow endpoint, each a little later; others continue', () => {
    const limiter = createEndpointLimiter(() => 100)
    for (let n = 0; n < 64; n += 1) {
      expect(limiter.waitSeconds('slow')).toBeNull()
      limiter.started('slow')
      limiter.markSlow('slow')
    }
    expect(limiter.isSlow('slow')).toBe(true)
    const waits = Array.from({ length: 200 }, () => limiter.waitSeconds('slow') ?? 0)
    expect(waits.every((seconds) => seconds >= 1 && seconds <= 600)).toBe(true)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(waits.at(-1)).toBeGreaterThan(1)
    expect(limiter.waitSeconds('quick')).toBeNull()
  })

  test('admits attempts when there is capacity, and forgets an endpoint without postponed ones', () => {
    let now = 0
    const limiter = createEndpointLimiter(() => now)
    for (let n = 0; n < 64; n += 1) {
      limiter.started('slow')
      limiter.markSlow('slow')
    }
    expect(limiter.waitSeconds('slow')).not.toBeNull()
    limiter.finished('slow', 15, true)
    expect(limiter.waitSeconds('slow')).toBeNull()
    for (let n = 0; n < 63; n += 1) limiter.finished('slow', 15, true)
    expect(limiter.isSlow('slow')).toBe(true)
    now = 1
    expect(limiter.isSlow('slow')).toBe(false)
  })

  test('keeps its estimate between two waves: of hundreds of attempts each is postponed only a few times', () => {
    let now = 0
    const limiter = createEndpointLimiter(() => now)
    const due = Array<number>(1500).fill(0)
    const ending: number[] = []
    let turnedAway = 0
    for (; now < 100; now += 1) {
      while (ending[0] === now) {
        ending.shift()
        limiter.finished('hanging', 15, true)
      }
      for (const [n, at] of due.entries()) {
        if (at > now) continue
        const wait = limiter.waitSeconds('hanging')
        if (wait === null) {
          limiter.started('hanging')
          limiter.markSlow('hanging')
          ending.push(now + 15)
          due[n] = Number.POSITIVE_INFINITY
        } else {
          turnedAway += 1
          due[n] = now + wait
        }
      }
    }
    expect(due.filter((at) => at === Number.POSITIVE_INFINITY).length).toBeGreaterThan(300)
    expect(turnedAway).toBeLessThan(4000)
  })

  test('spreads thousands of attempts over the time when capacity should be free, within an hour', () => {
    const limiter = createEndpointLimiter(() => 0)
    for (let n = 0; n < 64; n += 1) {
      limiter.started('dead')
      limiter.markSlow('dead')
    }
    for (let n = 0; n < 40; n += 1) {
      limiter.finished('dead', 15, true)
      limiter.started('dead')
      limiter.markSlow('dead')
    }
    const waits = Array.from({ length: 20_000 }, () => limiter.waitSeconds('dead') ?? 0)
    expect(waits[9_999]).toBeGreaterThan(2000)
    expect(Math.max(...waits)).toBe(3600)
  })
})

describe('the batch writer', () => {
  test('writes at once, batches items that arrive meanwhile, and reports failures to their callers', async () => {
    const writes: { items: number[]; done: PromiseWithResolvers<void> }[] = []
    const record = createBatchWriter<number>((items) => {
      const done = Promise.withResolvers<void>()
      writes.push({ items, done })
      return done.promise
    })
    const [first, second, third] = [record(1), record(2), record(3)]
    expect(writes.map(({ items }) => items)).toEqual([[1]])
    writes[0]?.done.resolve()
    await first
    await expect.poll(() => writes.length).toBe(2)
    expect(writes[1]?.items).toEqual([2, 3])
    writes[1]?.done.reject(new Error('no database'))
    await expect(second).rejects.toThrow('no database')
    await expect(third).rejects.toThrow('no database')
    const fourth = record(4)
    await expect.poll(() => writes.length).toBe(3)
    writes[2]?.done.resolve()
    await fourth
  })
})
