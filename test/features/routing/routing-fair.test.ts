import { describe, expect, test } from 'vitest'
import { chooseAssignee, type Specialist } from '#features/routing/choose-assignee.ts'
import { specialist, wanted } from '#test/support/specialists.ts'

const now = new Date('2026-11-24T09:00:00Z')

describe('10,000 requests among seven equal specialists differ by at most one, at every moment', () => {
  const spread = (figures: number[]) => Math.max(...figures) - Math.min(...figures)

  /** Assigns them one by one; `done`: each is finished before the next arrives. */
  const shareOut = (
    urgent: (index: number) => boolean,
    done: boolean,
    judged: (all: Given[]) => number[],
  ) => {
    const all: Given[] = Array.from({ length: 7 }, (_, index) => ({ ...specialist(`s${index}`), given: 0 }))
    let worst = 0
    for (let index = 0; index < 10_000; index += 1) {
      const at = new Date(now.getTime() + index * 1000)
      const { choice } = chooseAssignee(wanted, all, at)
      const chosen = all.find(({ id }) => id === choice)
      if (!chosen) throw new Error('nobody was chosen')
      chosen.given += 1
      chosen.lastAssignedAt = at
      if (!done) chosen.open += 1
      if (!done && urgent(index)) chosen.openUrgent += 1
      worst = Math.max(worst, spread(judged(all)))
    }
    return { worst, total: all.reduce((sum, { given }) => sum + given, 0) }
  }
  type Given = Specialist & { given: number }
  const givenTo = (all: Given[]) => all.map(({ given }) => given)

  test.each<[string, (index: number) => boolean, boolean]>([
    ['ordinary ones', () => false, false],
    ['urgent ones', () => true, false],
    ['those that are done at once', () => false, true],
  ])('%s', (_what, urgent, done) => {
    expect(shareOut(urgent, done, givenTo)).toEqual({ worst: 1, total: 10_000 })
  })

  test('and in a mixture the urgent ones are balanced first', () => {
    const urgentOf = (all: Given[]) => all.map(({ openUrgent }) => openUrgent)
    expect(shareOut((index) => index % 3 === 0, false, urgentOf)).toEqual({ worst: 1, total: 10_000 })
  })
})
