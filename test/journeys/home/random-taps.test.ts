import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { createDice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { expectInvariants, expectJobsDone } from '#test/support/invariants.ts'
import { createMonkey } from '#test/support/monkey.ts'
import { screenPattern } from '#test/support/screens.ts'
import { openWorld, testKeys, type World } from '#test/support/world.ts'

const minute = 60 * 1000
const day = 24 * 60 * minute

/** Set RANDOM_TAPS_SEED to repeat a run, RANDOM_TAPS_STEPS for a longer one. */
const seed = seedFrom('RANDOM_TAPS_SEED')
const steps = effort('RANDOM_TAPS_STEPS', { check: 750, full: 10_000 })

/** The live card: the newest message with buttons that lead to the menu, or the menu itself. */
const liveCard = ({ telegram, id, buttons }: Chat) => {
  const shown = telegram
    .chat(id, 20)
    .filter(({ by }) => by === 'bot')
    .map((message) => ({ message, data: buttons(message).map(dataOf) }))
  const isMenu = (text = '') => menu.test(text)
  return shown.findLast(
    ({ message, data }) =>
      data.length > 0 &&
      (data.some((one) => one.startsWith('-.home.')) ||
        // The question to a child under ten has no way past it but help.
        data.at(-1)?.startsWith('-.sos.') ||
        isMenu(message.text)),
  )
}
const menu = screenPattern('home')
const dataOf = (button: object) => ('callback_data' in button ? String(button.callback_data) : '')

/** A way to the menu, and the crisis button as the last row, unless this is the crisis card itself. */
const expectWays = (chat: Chat) => {
  const card = liveCard(chat)
  const last = card?.data.at(-1) ?? 'nothing'
  expect(
    last.startsWith('-.sos.') || card?.data[0] === '-.here.',
    `${last} below ${card?.message.text}`,
  ).toBe(true)
}

const expectMenu = async (chat: Chat) => {
  const way = liveCard(chat)
  if (way?.data.includes('-.home.') !== true) return
  void chat.telegram.tap(chat.id, way.message.message_id, '-.home.')
  await chat.settle()
  expect(liveCard(chat)?.message.text).toMatch(menu)
}

/** The newest messages, for a failure. */
const lastOf = ({ telegram, id }: Chat) =>
  [
    id,
    ...telegram.chat(id, 8).map(({ message_id, by, text }) => `${message_id} ${by}: ${text?.slice(0, 60)}`),
  ].join('\n')

const loud = (world: World, from: number) =>
  world.lines.slice(from).filter((line) => (JSON.parse(line) as { level: number }).level >= 40)

test(`whatever is tapped and typed, the bot answers and keeps its word (seed ${seed})`, {
  timeout: 300_000,
}, async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const dice = createDice(seed)
  const family = [
    world.person(),
    world.person({ firstName: 'Даша', phone: '+79001112244' }),
    world.person({ firstName: 'Mary', languageCode: 'en', phone: '+79001112255' }),
  ]
  for (const one of family) await one.say('/start')
  const specialists = [
    await world.staff('Анна', ['leninsky', 'other']),
    await world.staff('Вера', ['leninsky']),
  ]
  const monkeys = [...family, ...specialists].map((chat) => createMonkey(chat, dice))

  const lately: string[] = []
  let read = 0
  try {
    for (let step = 0; step < steps; step += monkeys.length) {
      if (dice.chance(0.05)) world.clock.forward(dice.chance(0.1) ? 3 * day : dice.below(30) * minute)
      // All at once, as people are; each of them alone with their phone.
      for (const { act, chat } of monkeys) lately.push(`${step}. ${chat.id}: ${act()}`)
      await world.telegram.idle(20_000)
      for (const { chat, hidden, unanswered } of monkeys) {
        expect(unanswered()).toBe(0)
        if (hidden()) continue
        // An erasure takes everything away before it says that it has.
        await expect
          .poll(() => chat.telegram.chat(chat.id, 1)[0]?.by, { message: `who wrote last: ${lastOf(chat)}` })
          .toBe('bot')
        const [last] = chat.telegram.chat(chat.id, 1)
        // Staff are shown contacts and news besides; the hint about the phone hangs below the card it belongs to.
        const asks = chat.buttons(last ?? chat.card()).length > 0 || chat.telegram.keyboard(chat.id) !== null
        if (family.includes(chat)) expect(asks, last?.text).toBe(true)
        expectWays(chat)
        if (dice.chance(0.02)) await expectMenu(chat)
      }
      expect(loud(world, read)).toEqual([])
      read = world.lines.length
      expect(world.telegram.refused).toEqual([])
    }
  } catch (error) {
    throw new Error(`Seed ${seed}, lately:\n${lately.slice(-20).join('\n')}`, { cause: error })
  }
  await expectJobsDone(world.database)
  await expectInvariants(world.database, testKeys)
  // A walk without progress would prove nothing.
  const { prisma } = world.database
  const reached = [
    await prisma.request.count(),
    await prisma.auditEntry.count(),
    await prisma.requestEvent.count(),
  ]
  expect(Math.min(...reached), `requests, sights, events: ${reached}`).toBeGreaterThan(0)
})
