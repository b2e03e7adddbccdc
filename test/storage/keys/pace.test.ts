import { expect, test } from 'vitest'
import { createPace } from '#storage/keys/pace.ts'

/** Work that takes `each` ms for one item, on a clock of its own. */
const working = (each: number) => {
  let at = 0
  const rests: number[] = []
  const pace = createPace({
    now: () => at,
    rest: async (ms) => void rests.push(ms),
  })
  const piece = () =>
    pace.piece(async (size) => {
      at += size * each
      return size
    })
  return { pace, piece, rests }
}

const inTurn = async (times: number, piece: () => Promise<number>): Promise<number> => {
  let size = 0
  for (let n = 0; n < times; n += 1) size = await piece()
  return size
}

test('quick work comes in larger pieces, slow work in small ones, and neither without end', async () => {
  expect(await inTurn(12, working(0.01).piece)).toBe(500)
  expect(await inTurn(12, working(0.4).piece)).toBeGreaterThan(60)
  expect(await inTurn(12, working(10).piece)).toBe(20)
})

test('after each piece there is a rest as long as it, and never a long one', async () => {
  const { piece, rests } = working(1)
  const size = await piece()
  expect(rests).toEqual([size])
  const slow = working(60_000)
  await slow.piece()
  expect(slow.rests).toEqual([250])
})

test('whoever stops does not wait for the rest', async () => {
  const stop = new AbortController()
  const pace = createPace({ signal: stop.signal })
  stop.abort()
  expect(await pace.whole(async () => 'done')).toBe('done')
})
