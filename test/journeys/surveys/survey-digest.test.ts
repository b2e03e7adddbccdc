import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { largestChange } from '#features/surveys/results-digest.ts'
import { createJobs } from '#queue/boss.ts'
import { region } from '#regions/index.ts'
import { playSurveys } from '#sandbox/demo-surveys.ts'
import { createSealer } from '#storage/seal.ts'
import { openWithFamily } from '#test/support/family.ts'
import { madeUpResults } from '#test/support/survey-results.ts'
import { testKeys, type World } from '#test/support/world.ts'

const monday = async ({ database }: World): Promise<void> => {
  const jobs = createJobs(database, createLog('silent'))
  await jobs.start()
  onTestFinished(() => jobs.stop())
  await database.transaction((tx) => jobs.enqueue(tx, 'survey-digests', {}))
  for (const queue of ['survey-digests', 'survey-digest']) {
    const left = () =>
      database.prisma.$queryRaw<unknown[]>`
        SELECT 1 FROM pgboss.job WHERE name = ${queue} AND state < 'completed' AND start_after <= now()`
    await expect.poll(left, { timeout: 30_000 }).toEqual([])
  }
}

test('a supervisor gets a picture and three sentences on Monday, once, and nothing without news', async () => {
  const { world, supervisor, curator, curatorId, member } = await openWithFamily({
    at: '2026-11-30T07:00:00Z',
  })
  const olga = await member('parent', 'Ольга')
  const digests = () => supervisor.messages().filter(({ caption }) => caption?.includes('Что ответили семьи'))
  await monday(world)
  expect(digests()).toEqual([])

  const deps = { database: world.database, sealer: createSealer(testKeys), region: region('stavropol') }
  await playSurveys(deps, { curatorId, now: world.clock.now(), breatherMs: 0 })
  await monday(world)
  const [digest, ...others] = digests()
  expect(others).toEqual([])
  expect(digest?.photo).toBeDefined()
  const sentences = (digest?.caption ?? '').split('\n\n').slice(1)
  expect(sentences).toHaveLength(3)
  expect(sentences[0]).toMatch(/^Приш(ёл|ло) \d+ новы/)
  expect(digest?.caption).not.toMatch(/Ольга|Ирина|№/)
  await monday(world)
  world.clock.set('2026-12-07T07:00:00Z')
  await monday(world)
  expect(digests()).toHaveLength(1)
  for (const chat of [curator, olga]) expect(chat.allText()).not.toContain('Что ответили семьи')
  await supervisor.tap('Итоги опросов', digest)
  supervisor.sees(/Что отвечают семьи/)
})

test('the largest change is relative to the range, compares the same wording, and ignores small ones', () => {
  const now = madeUpResults()
  expect(largestChange(now, now)).toBeNull()
  const lower = structuredClone(now)
  const [first] = lower.questions
  if (!first?.answers?.measure) throw new Error('nothing is made up')
  first.answers.measure.value -= 0.5
  expect(largestChange(now, lower)?.question.code).toBe(first.code)
  first.since += 1
  expect(largestChange(now, lower)).toBeNull()
})
