import { describe, expect, test } from 'vitest'
import { createKey } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { clientOf } from '../support/api.ts'
import { storedAccount } from '../support/accounts.ts'
import { deliver } from '../support/deliver.ts'
import { long } from '../support/effort.ts'
import { withFile } from '../support/ending.ts'
import type { Instance } from '../support/instances.ts'
import { onServer, openOutside, type Outside, sealer } from '../support/outside.ts'
import { makeDue } from '../support/rows.ts'

const line = 'Здесь пока ничего нет.'

/** A minor of a family, with messages enough for several calls. */
const withHistory = async (world: Outside, port: () => number) => {
  const { token } = await world.database.transaction((tx) =>
    createKey(tx, { name: 'test', scopes: [...scopes], territories: [], now: world.clock.now() }),
  )
  const key = clientOf(() => `http://127.0.0.1:${port()}`, token)
  const family = await key.post('/families', { territory: 'leninsky', level: 'crisis', stage: 'activities' })
  const { id } = family.body as { id: string }
  const added = await key.post(`/families/${id}/members`, { role: 'minor', name: 'Даша' })
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.start(new URL((added.body as { link: string }).link).searchParams.get('start') ?? '')
  await dasha.tap('Да, разрешаю')
  const { telegram, database } = world
  const { id: personId } = await database.prisma.person.findUniqueOrThrow({
    where: { account: storedAccount(dasha, sealer) },
  })
  const data: { personId: string; messageId: string; at: Date }[] = []
  for (let count = 0; count < 220; count += 1) {
    const sent = await telegram.execute(telegram.token, 'sendMessage', {
      chat_id: dasha.id,
      text: 'Карточка',
    })
    const { message_id } = (sent.body as { result: { message_id: number } }).result
    data.push({ personId, messageId: String(message_id), at: world.clock.now() })
  }
  await database.prisma.chatMessage.createMany({ data })
  return dasha
}

const all = (chat: { messages(): { text?: string | undefined }[] }) => chat.messages().map(({ text }) => text)

/** That a dead process's update comes again by polling as well, `kill.test.ts` shows in the check. */
const modes = long ? (['webhook', 'polling'] as const) : (['webhook'] as const)

describe.runIf(onServer)('hiding is a promise', () => {
  const ending = withFile()
  const worlds = new Map<string, { world: Outside; instance: Instance }>()
  const openIn = async (mode: 'webhook' | 'polling') => {
    const world = await openOutside({ mode, ending })
    const opened = { world, instance: await world.start() }
    worlds.set(mode, opened)
    return opened
  }

  test.each(modes)(
    '(%s) kill -9 between two deletions: the next start finishes it, and leaves one line',
    async (mode) => {
      const opened = await openIn(mode)
      const { world } = opened
      world.board.route = () => (opened.instance.alive() ? opened.instance.port : null)
      const dasha = await withHistory(world, () => opened.instance.port)
      await dasha.tap('Спрятать')
      const { message_id: card } = dasha.card()
      const dead = world.telegram.events.next(({ type }) => type === 'deleted', 30_000)
      const data = dasha.dataOf('Спрятать сейчас')
      world.telegram.tap(dasha.id, card, data)
      await dead
      await opened.instance.kill()
      expect(dasha.messages().length).toBeGreaterThan(20)
      // Ten seconds later, otherwise.
      expect(await makeDue(world.database, 'clear-chat')).toBe(1)
      opened.instance = await world.start()
      await expect.poll(() => all(dasha), { timeout: 60_000, interval: 200 }).toEqual([line])
      const hidden = () => world.database.prisma.hiddenChat.findFirstOrThrow()
      await expect.poll(async () => (await hidden()).clearedAt, { timeout: 30_000 }).not.toBeNull()
      await dasha.say('погода')
      await expect.poll(() => dasha.allText(), { timeout: 30_000 }).toMatch(/Переписка снова здесь/)
    },
    150_000,
  )

  test('two instances get taps on it at once: one line is left, and what comes at the other goes, too', async () => {
    const { world, instance } = worlds.get('webhook') ?? (await openIn('webhook'))
    const both = [instance, await world.start()]
    world.board.route = () => both[0]?.port ?? null
    const dasha = await withHistory(world, () => both[0]?.port ?? 0)
    await dasha.tap('Спрятать')
    const { message_id } = dasha.card()
    const deliveries = Array.from({ length: 6 }, (_, n) =>
      deliver(both[n % 2]?.port ?? 0, {
        update_id: 900_000_000 + n,
        callback_query: {
          id: String(n),
          from: { id: dasha.id, is_bot: false },
          data: n % 3 === 2 ? '-.visits.' : '-.hide.now',
          message: { message_id, chat: { id: dasha.id, type: 'private' } },
        },
      }),
    )
    expect(new Set(await Promise.all(deliveries))).toEqual(new Set([200]))
    await expect.poll(() => all(dasha), { timeout: 30_000, interval: 200 }).toEqual([line])
    await dasha.settle()
    expect(all(dasha)).toEqual([line])
    expect(world.lines.filter((one) => one.includes('update.failed'))).toEqual([])
  }, 120_000)
})
