import { beforeAll, describe, expect, test } from 'vitest'
import type { Chat } from '../support/chat.ts'
import { long } from '../support/effort.ts'
import { withFile } from '../support/ending.ts'
import { parentAnswers, upTo } from '../support/intake.ts'
import { onServer, type Outside, openOutside } from '../support/outside.ts'
import { createWire } from '../support/wire.ts'

const quick = { timeout: 30_000 }

/** In the check each way of receiving meets one of them; `npm run test:long` tries all. */
const waysOf = (mode: 'webhook' | 'polling') =>
  (['refuse', 'swallow'] as const).filter((how) => long || (how === 'swallow') === (mode === 'webhook'))

describe.runIf(onServer)('started while the database is away', () => {
  describe.each(['webhook', 'polling'] as const)('(%s)', (mode) => {
    const ending = withFile()
    const ways = waysOf(mode)
    const people = new Map<string, Chat>()
    let world: Outside
    /** In the middle of their questions when the database goes. */
    beforeAll(async () => {
      world = await openOutside({ mode, jobs: true, ending })
      const first = await world.start()
      world.board.route = () => first.port
      for (const how of ways) {
        const olga = world.person()
        people.set(how, olga)
        await olga.play(upTo(parentAnswers(), 'question.children'))
        olga.sees('question.children')
      }
      expect(await first.stop()).toMatchObject({ code: 0 })
    })

    test.each(ways)(
      '(%s) the crisis card and the guide work, taps and words are told so, and all goes on once it is back',
      async (how) => {
        const olga = people.get(how)
        if (!olga) throw new Error('nobody is there')
        const wire = await createWire(world.databaseUrl, 5432)
        wire.set(how)
        const instance = await world.start({ DATABASE_URL: wire.url })
        world.board.route = () => instance.port
        const ready = async () => {
          const answer = await fetch(`http://127.0.0.1:${instance.port}/health/ready`)
          return { status: answer.status, ...((await answer.json()) as { checks: object }).checks }
        }
        expect(instance.said('database.away')).toBe(true)
        expect(await ready()).toEqual({ status: 503, database: 'down', telegram: 'ok', keys: 'ok' })
        const api = await fetch(`http://127.0.0.1:${instance.port}/api/v1/requests`)
        expect([api.status, api.headers.get('content-type')]).toEqual([
          503,
          'application/problem+json; charset=utf-8',
        ])

        const card = olga.card()
        const tap = (label: string) => world.telegram.tap(olga.id, card.message_id, olga.dataOf(label, card))
        expect(await tap('‹ Назад')).toMatchObject({ text: expect.stringMatching(/не сохраняется/) })
        world.telegram.sendText(olga.id, '2014, 2018')
        await expect.poll(() => olga.allText(), quick).toMatch(/Отвечу, как только она вернётся/)
        await tap('Срочная помощь')
        await expect.poll(() => olga.text(), quick).toMatch(/8-800-2000-122/)
        const tonight = olga.dataOf('Что делать сегодня')
        void world.telegram.tap(olga.id, card.message_id, tonight)
        await expect.poll(() => olga.text(), quick).toMatch(/Что делать сегодня вечером/)

        wire.set('through')
        await expect.poll(ready, quick).toEqual({ status: 200, database: 'ok', telegram: 'ok', keys: 'ok' })
        await expect.poll(() => olga.text(), quick).toMatch(/безопасно связаться/i)
        await olga.settle()
        expect(await instance.stop()).toMatchObject({ code: 0 })
      },
      90_000,
    )
  })

  test('it stops when it is told to, though the database never came', async () => {
    const world = await openOutside({ mode: 'polling' })
    const wire = await createWire(world.databaseUrl, 5432)
    wire.set('refuse')
    const instance = await world.start({ DATABASE_URL: wire.url })
    const live = await fetch(`http://127.0.0.1:${instance.port}/health/live`)
    expect(live.status).toBe(200)
    expect(await instance.stop()).toMatchObject({ code: 0 })
  }, 120_000)
})
