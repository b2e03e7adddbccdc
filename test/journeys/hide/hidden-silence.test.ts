import { expect, test } from 'vitest'
import { type PushKind, pushKinds } from '#storage/pushes/pushes.ts'
import { storedAccount } from '#test/support/accounts.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { soon } from '#test/support/office.ts'
import { openDesk } from '#test/support/pushes.ts'
import { makeDue } from '#test/support/rows.ts'
import { openWorld } from '#test/support/world.ts'

const line = 'Здесь пока ничего нет.'
const all = (chat: Chat) => chat.messages().map(({ text }) => text)
const hide = async (chat: Chat) => {
  await chat.tap('Спрятать')
  if (all(chat).length > 1) await chat.tap('Спрятать сейчас')
}

test('no kind of push reaches a hidden chat, however urgent; none is lost', async () => {
  const family = await openWithFamily()
  const { world, familyId } = family
  const { prisma } = world.database
  const olga = await family.member('parent', 'Ольга')
  const desk = await openDesk(family)
  await hide(olga)
  const { id: personId } = await prisma.person.findUniqueOrThrow({ where: { account: storedAccount(olga) } })
  const visit = await desk.visit('2026-11-30T12:00:00Z')
  const subjectOf = (kind: PushKind) => (kind.startsWith('visit-') ? visit.id : null)
  for (const kind of pushKinds)
    for (const urgent of [false, true])
      await desk.does(async (tx, { enqueue }) => {
        const push = await tx.push.create({
          data: {
            key: `test.${kind}.${urgent}`,
            personId,
            familyId,
            kind,
            subjectId: subjectOf(kind),
            version: kind.startsWith('visit-') ? visit.version : null,
            urgent,
            at: world.clock.now(),
          },
        })
        await enqueue(tx, 'push', { pushId: push.id })
      })
  await desk.settled()
  expect(all(olga)).toEqual([line])
  // What is not news any more is dropped, as ever; the rest waits.
  const ended = await prisma.push.groupBy({ by: ['status'], where: { personId }, _count: true })
  expect(ended.map(({ status }) => status).sort()).toEqual(['dropped', 'held'])
  for (const kind of ['stage', 'curator', 'closed', 'visit-new', 'visit-day'] as const)
    expect(await prisma.push.count({ where: { personId, kind, status: 'held' } }), kind).toBeGreaterThan(0)

  await olga.say('погода')
  await desk.settled()
  expect(olga.allText().match(/Пока вас не было/g)).toHaveLength(1)
  expect(await prisma.push.count({ where: { personId, status: 'held' } })).toBe(0)
})

test('what staff write waits, and is read once on return; the curator knows that silence is meant', async () => {
  const family = await openWithFamily()
  const { key, path, curator, world } = family
  const dasha = await family.member('minor', 'Даша')
  const olga = await family.member('parent', 'Ольга')
  const desk = await openDesk(family)
  await hide(dasha)
  await expect.poll(() => curator.allText()).toMatch(/чат спрятан/)
  expect(curator.allText()).toMatch(/подросток.*не ищите его через родителей/s)
  await key.post(`${path}/members/${dasha.memberId}/messages`, { text: 'Как ты?' })
  const visit = await desk.visit('2026-11-30T12:00:00Z')
  await desk.settled()
  await desk.move(visit, '2026-11-30T15:00:00Z')
  await desk.settled()
  expect(all(dasha)).toEqual([line])
  // Nobody else of the family learns of it, and hears what concerns them.
  expect(olga.allText()).not.toMatch(/спрят/i)
  expect(olga.allText()).toMatch(/встреча/i)

  await dasha.say('погода')
  await desk.settled()
  dasha.sees(/новое сообщение/)
  expect(dasha.allText().match(/новое сообщение/g)).toHaveLength(1)
  await dasha.say('/messages')
  expect(dasha.text().match(/Как ты\?/g)).toHaveLength(1)
  await curator.settle()
  expect(world.telegram.refused).toEqual([])
})

test('a push that was on its way when the chat was hidden is deleted again, and waits', async () => {
  const family = await openWithFamily()
  const { world } = family
  const olga = await family.member('parent', 'Ольга')
  const desk = await openDesk(family)
  await olga.tap('Спрятать')
  const held = world.telegram.faults.holdNext('sendMessage', olga.id)
  await desk.visit('2026-11-30T12:00:00Z')
  await makeDue(world.database, 'push')
  await held.reached
  expect(olga.allText()).toMatch(/встреча/i)
  world.telegram.tap(olga.id, olga.messages().at(-2)?.message_id ?? 0, '-.hide.now')
  await expect.poll(() => all(olga).includes(line), { timeout: 30_000 }).toBe(true)
  held.release()
  await desk.settled()
  await expect.poll(() => all(olga), { timeout: 30_000 }).toEqual([line])
  expect(await desk.statuses('visit-new')).toEqual(['held'])
  await olga.say('погода')
  await desk.settled()
  expect(olga.allText()).toMatch(/Пока вас не было:\n• встреча|Пока вас не было:\n• 1 встреча/)
})

test('words that are written meanwhile are held for the person; words of danger alarm staff, and the chat says nothing', async () => {
  const family = await openWithFamily()
  const { curator, supervisor } = family
  const dasha = await family.member('minor', 'Даша')
  await hide(dasha)
  await dasha.say('что это за бот')
  await dasha.say('помогите, он меня бьёт')
  expect(all(dasha).filter((text) => text === line)).toHaveLength(3)
  for (const chat of [curator, supervisor]) {
    await expect.poll(() => chat.allText()).toMatch(/Срочно.*тревожные слова в спрятанном чате/s)
    expect(chat.allText()).not.toMatch(/бьёт/)
  }
  await dasha.say('погода')
  dasha.sees(/Переписка снова здесь/)
  expect(dasha.buttons(dasha.card()).map(({ text }) => text)).toContain('Передать мои слова')
})

test('whoever the person writes apart from hears neither that the chat is hidden nor of danger in it: supervisors do', async () => {
  const { curator, supervisor, member, world } = await openWithFamily()
  const dasha = await member('minor', 'Даша')
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Боюсь Ирину' }, /Ирина этого не видит/],
  ])
  await hide(dasha)
  await expect.poll(() => supervisor.allText(), soon).toMatch(/чат спрятан/)
  await dasha.say('Ирина бьёт меня, помогите')
  await expect.poll(() => supervisor.allText(), soon).toMatch(/Срочно.*тревожные слова в спрятанном чате/s)
  await curator.settle()
  expect(curator.allText()).not.toMatch(/спрятан|тревожные/)
  expect(world.telegram.refused).toEqual([])
})

test('whoever has the request, but is kept from its notes, hears of no hidden chat either', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text(), soon).toContain(number)
  await anna.tap('Взять')
  await olga.play([
    ['/status', 'status'],
    [{ words: 'боюсь Анну, она рассказала мужу' }, /Анна этого не видит/],
    ['/menu', 'home'],
  ])
  await hide(olga)
  await olga.say('помогите, он меня бьёт')
  await expect.poll(() => elena.allText(), soon).toMatch(/чат спрятан/i)
  await expect.poll(() => elena.allText(), soon).toMatch(/тревожные слова|об опасности/)
  await anna.settle()
  expect(anna.allText()).not.toMatch(/спрятан|тревожные|опасности/)
})
