import { describe, expect, test } from 'vitest'
import { submitAsParent } from '../support/intake.ts'
import { onServer, openOutside } from '../support/outside.ts'
import { submitPatiently } from '../support/patient.ts'
import { callsTo } from '../support/telegram-calls.ts'
import { openWorld } from '../support/world.ts'

/** Looked for every 15 s. */
const untilMissed = { timeout: 45_000, interval: 500 }

describe.runIf(onServer)('a worker is killed', () => {
  test('while it sends a specialist’s card: the card arrives after the restart', async () => {
    const world = await openOutside({ mode: 'webhook' })
    const first = await world.start()
    world.board.route = () => first.port
    const anna = await world.staff('Анна', ['leninsky'])
    const olga = world.person()
    await submitPatiently(olga, 'summary')
    const before = callsTo(world.telegram, anna.id).length
    // The card is on its way when its sender dies: longer than this test takes.
    world.telegram.faults.delay(100_000)
    const card = olga.card()
    const submit = olga.buttons(card).find(({ text }) => text === 'Отправить')
    void world.telegram.tap(olga.id, card.message_id, submit?.callback_data ?? '')
    await expect
      .poll(() => callsTo(world.telegram, anna.id).length, { timeout: 30_000 })
      .toBeGreaterThan(before)
    await first.kill()
    await expect.poll(() => world.database.prisma.request.count()).toBe(1)
    const { number } = await world.database.prisma.request.findFirstOrThrow()
    expect(anna.allText()).not.toContain(number)
    world.telegram.faults.clear()
    // Ten seconds later the heartbeat is missed, otherwise.
    expect(
      await world.database.prisma.$executeRaw`
        UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '10 s'
        WHERE name = 'staff-card' AND state = 'active' AND heartbeat_seconds = 10`,
    ).toBe(1)

    const second = await world.start()
    world.board.route = () => second.port
    await expect.poll(() => anna.allText(), untilMissed).toContain(number)
  }, 120_000)
})

describe('a promise in the queue', () => {
  test('survives a restart: somebody’s contact disappears from the specialist’s chat', async () => {
    const world = await openWorld()
    const anna = await world.staff('Анна', ['leninsky'])
    const number = await submitAsParent(world.person({ phone: '+79001112233' }))
    await expect.poll(() => anna.text()).toContain(number)
    await anna.tap('Взять')
    await anna.tap('Контакты')
    const shown = () =>
      anna.messages().some(({ text }) => text?.includes('+7900') || text?.includes('900 111'))
    expect(shown()).toBe(true)
    await world.restart()
    expect(shown()).toBe(true)
    await world.database.prisma
      .$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE name = 'delete-message'`
    await expect.poll(shown, { timeout: 30_000 }).toBe(false)
  })
})
