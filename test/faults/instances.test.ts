import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deliver } from '../support/deliver.ts'
import { withFile } from '../support/ending.ts'
import type { Instance } from '../support/instances.ts'
import { onServer, type Outside, openOutside, sealer } from '../support/outside.ts'
import { expectOneRequest, expectTruth, submitPatiently } from '../support/patient.ts'
import { storedAccount } from '../support/accounts.ts'

describe.runIf(onServer)('two instances on one database and Redis', () => {
  const ending = withFile()
  let world: Outside
  let both: Instance[]
  beforeAll(async () => {
    world = await openOutside({ mode: 'webhook', ending })
    both = [await world.start(), await world.start()]
  })
  beforeEach(() => {
    world.board.route = () => both[0]?.port ?? null
  })

  test('(webhooks, alternating) a person’s messages and taps can reach either instance', async () => {
    let turn = 0
    world.board.route = () => both[turn++ % 2]?.port ?? null
    const anna = await world.staff('Анна', ['leninsky'])
    const people = Array.from({ length: 4 }, (_, n) => world.person({ phone: `+790000000${10 + n}` }))
    const numbers = await Promise.all(people.map((chat) => submitPatiently(chat)))
    expect(new Set(numbers).size).toBe(people.length)
    for (const chat of people) await expectOneRequest(world.database, sealer, chat)
    await expect
      .poll(() => numbers.map((number) => anna.allText().split(number).length - 1), { timeout: 30_000 })
      .toEqual(numbers.map(() => 1))
  }, 120_000)

  test('(webhooks, concurrent) twenty taps on Submit, each delivered to both, create one request', async () => {
    const before = await world.database.prisma.request.count()
    const olga = world.person()
    await submitPatiently(olga, 'summary')
    const card = olga.card()
    const submit = olga.buttons(card).find(({ text }) => text === 'Отправить')
    const deliveries = Array.from({ length: 40 }, (_, n) =>
      deliver(both[n % 2]?.port ?? 0, {
        update_id: 900_000_000 + Math.floor(n / 2),
        callback_query: {
          id: String(n),
          from: { id: olga.id, is_bot: false },
          data: submit?.callback_data,
          message: { message_id: card.message_id, chat: { id: olga.id, type: 'private' } },
        },
      }),
    )
    expect(new Set(await Promise.all(deliveries))).toEqual(new Set([200]))
    await olga.settle()
    await expectOneRequest(world.database, sealer, olga)
    await expectTruth(world.database, [olga])
    expect(await world.database.prisma.request.count()).toBe(before + 1)
    const { number } = await world.database.prisma.request.findFirstOrThrow({ orderBy: { number: 'desc' } })
    await olga.play([['/status', new RegExp(number)]])
    expect(world.lines.filter((line) => line.includes('update.failed'))).toEqual([])
  }, 120_000)

  test('(webhooks, concurrent) ten taps on the consent, at both, make one consent and one draft', async () => {
    const { prisma } = world.database
    const before = await prisma.consent.count({ where: { kind: 'personal-data' } })
    const olga = world.person()
    await submitPatiently(olga, 'question.personalData')
    const card = olga.card()
    const consent = olga.buttons(card).find(({ text }) => text === 'Даю согласие')
    const taps = Array.from({ length: 10 }, (_, n) =>
      deliver(both[n % 2]?.port ?? 0, {
        update_id: 900_000_100 + n,
        callback_query: {
          id: String(n),
          from: { id: olga.id, is_bot: false },
          data: consent?.callback_data,
          message: { message_id: card.message_id, chat: { id: olga.id, type: 'private' } },
        },
      }),
    )
    expect(new Set(await Promise.all(taps))).toEqual(new Set([200]))
    expect(await prisma.consent.count({ where: { person: { account: storedAccount(olga) } } })).toBe(1)
    expect(await prisma.draft.count()).toBe(1)
    await submitPatiently(olga)
    await expectOneRequest(world.database, sealer, olga)
    expect(await prisma.consent.count({ where: { kind: 'personal-data' } })).toBe(before + 1)
  }, 120_000)
})

test.runIf(onServer)(
  '(polling) one polls and the other waits; when the first dies the second takes over',
  async () => {
    const world = await openOutside({ mode: 'polling' })
    const first = await world.start()
    await expect.poll(() => first.said('leader-lock.taken')).toBe(true)
    const lines = world.lines.length
    const second = await world.start()
    const olga = world.person()
    await olga.start()
    olga.sees('home')
    expect(world.lines.slice(lines).some((line) => line.includes('leader-lock.taken'))).toBe(false)
    expect(world.lines.some((line) => line.includes('polling.another-poller'))).toBe(false)

    await first.kill()
    const number = await submitPatiently(olga)
    expect(second.alive()).toBe(true)
    expect(number).toMatch(/-000001$/)
    await expectOneRequest(world.database, sealer, olga)
  },
  120_000,
)
