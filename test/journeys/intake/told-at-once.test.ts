import { expect, test } from 'vitest'
import { submitAsParent } from '#test/support/intake.ts'
import { openedIn } from '#test/support/opened.ts'
import { rowsOf } from '#test/support/rows.ts'
import { submitAtOnce } from '#test/support/told-at-once.ts'
import { openWorld, type World } from '#test/support/world.ts'

/** What differs between two families who say the same: ids, moments, and how long an account is. */
const without = (text: string) =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,23}/g, 'id')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'moment')
    .replace(/telegram:\d+ */g, 'account')

const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value

/** JSON with its keys in order: they stand in the order of the answers. */
const ordered = (text: string): string =>
  text.startsWith('{') ? JSON.stringify(JSON.parse(text), inOrder) : text

const left = async (submit: (world: World) => Promise<string>) => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submit(world)
  await expect.poll(() => anna.text()).toContain(number)
  const { processed_updates: _, ...rows } = await rowsOf(world.database)
  const { texts } = await openedIn(world.database)
  const { prisma } = world.database
  const [request, consents, events] = await Promise.all([
    prisma.request.findFirstOrThrow({ omit: { answers: true, contact: true } }),
    prisma.consent.findMany({ orderBy: { kind: 'asc' } }),
    prisma.requestEvent.findMany({ orderBy: { id: 'asc' }, select: { kind: true } }),
  ])
  return {
    rows,
    sealed: texts.map(({ at, text }) => `${at} ${without(ordered(text))}`).toSorted(),
    request: JSON.parse(without(JSON.stringify(request))),
    consents: consents.map(({ kind, version, textHash, language }) => ({
      kind,
      version,
      textHash,
      language,
    })),
    events,
    seen: anna.text(),
  }
}

test('what is told at once leaves what the whole questionnaire leaves', async () => {
  const whole = await left((world) => submitAsParent(world.person()))
  const atOnce = await left((world) => submitAtOnce(world, world.person()))
  expect(whole.rows.requests).toBe(1)
  expect(atOnce).toEqual(whole)
})
