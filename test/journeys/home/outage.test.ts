import { describe, expect, inject, test } from 'vitest'
import { done, parentAnswers, upTo } from '#test/support/intake.ts'
import { takeDown } from '#test/support/outage.ts'
import { createWire } from '#test/support/wire.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'
const withoutDatabase = [
  'jobs.due-poll-failed',
  'update.failed',
  'jobs.error',
  'jobs.warning',
  'database.connection-lost',
  'leader-lock.connection-lost',
  'leader-lock.not-taken',
]
const withoutRedis = ['redis.error', 'api.redis-error', 'session.kept-in-memory', 'session.not-deleted']

// The embedded database is in the process itself, and has neither a network nor a Redis to lose.
describe.runIf(inject('database') === 'postgres')('the crisis card', () => {
  test.for(['polling', 'webhook'] as const)(
    'comes while the database is gone, past taps that failed (%s)',
    async (mode) => {
      const world = await openWorld({ at: tuesday, mode, noise: withoutDatabase })
      const olga = world.person()
      await olga.play([
        ...upTo(parentAnswers(), 'question.helpKinds'),
        ['Помощь психолога', /Отмечено: Помощь психолога/],
      ])
      const card = olga.card().message_id
      const [finish, crisis] = [olga.dataOf('Готово: 1'), olga.dataOf('Срочная помощь')]
      const database = await takeDown(world.database)

      await olga.play([['Срочная помощь', 'crisis']])
      // What needs the database says so, and asks to try again.
      const answer = await world.telegram.tap(olga.id, card, finish)
      expect(answer).toMatchObject({ text: expect.stringMatching(/не сохраняется.*ещё раз через минуту/s) })
      expect(await world.telegram.tap(olga.id, card, crisis)).toEqual({})
      olga.sees('crisis')
      await database.bringBack()
      await olga.settle()
      await olga.play([
        ['Вернуться', /Отмечено: Помощь психолога/],
        [done, 'question.children'],
        [{ words: '2014' }, 'question.safeContact'],
      ])
    },
  )

  test('and all questions work while Redis is down', async () => {
    const wire = await createWire(process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379/9', 6379)
    const world = await openWorld({ at: tuesday, redisUrl: wire.url, noise: withoutRedis })
    const olga = world.person()
    await olga.play(upTo(parentAnswers(), 'question.helpKinds'))
    wire.set('refuse')
    await olga.play([
      ['Срочная помощь', 'crisis'],
      ['Вернуться', /./],
    ])
    // The screen is lost with Redis; the draft is not.
    await olga.play([
      ['/menu', 'home'],
      ['Продолжить', 'question.helpKinds'],
      ['Помощь психолога', /Отмечено/],
      ['Срочная помощь', 'crisis'],
      ['Вернуться', /Отмечено: Помощь психолога/],
      [done, 'question.children'],
    ])
    wire.set('through')
    await olga.play([[{ words: '2014' }, 'question.safeContact']])
  })
})
