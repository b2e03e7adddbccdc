import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { parentAnswers, submitAsParent } from '#test/support/intake.ts'
import { jobStates } from '#test/support/rows.ts'
import { noRoom, openWorld, type World } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

/** Two specialists of one territory, both with the card of a new request: neither has room, so it waits for anybody. */
const twoWithACard = async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'], 'intake', noRoom)
  const vera = await world.staff('Вера', ['leninsky', 'oktyabrsky'], 'intake', noRoom)
  const olga = world.person()
  const number = await submitAsParent(olga)
  for (const chat of [anna, vera]) await expect.poll(() => chat.text()).toContain(number)
  return { world, anna, vera, olga, number }
}

const eventsOf = async ({ database }: World) =>
  (await database.prisma.requestEvent.findMany({ orderBy: { id: 'asc' } })).map(({ kind }) => kind)

/** The message that was the card, as it stands now. */
const nowOf = (chat: Chat, id: number) => chat.messages().find(({ message_id }) => message_id === id)

test('of two who tap Take at once one wins, and the other’s card says who', async () => {
  const { world, anna, vera, olga } = await twoWithACard()
  const cards = [anna, vera].map((chat) => ({ chat, id: chat.card().message_id, data: chat.dataOf('Взять') }))
  const answers = await Promise.all(cards.map(({ chat, id, data }) => world.telegram.tap(chat.id, id, data)))
  await anna.settle()

  const request = await world.database.prisma.request.findFirstOrThrow({ include: { claimedBy: true } })
  const winner = request.claimedBy?.name
  const [won, lost] = winner === 'Анна' ? cards : [...cards].reverse()
  expect(answers.map((answer) => (answer as { text?: string }).text).sort()).toEqual([
    'Теперь это ваше. Семья узнает, кто ответит.',
    'Уже взято или отозвано. Карточка обновлена.',
  ])
  expect(await eventsOf(world)).toEqual(['submitted', 'claimed'])
  if (!won || !lost) throw new Error('there were two cards')
  expect(nowOf(won.chat, won.id)?.text).toMatch(/Взято вами/)
  await expect.poll(() => nowOf(lost.chat, lost.id)?.text).toMatch(`Взято: ${winner}.`)
  expect(nowOf(lost.chat, lost.id)?.reply_markup).toBeUndefined()
  await expect.poll(() => olga.text()).toMatch(/У вас новое сообщение/)
  expect(olga.allText().match(/У вас новое сообщение/g)).toHaveLength(1)
  await olga.play([['Посмотреть', new RegExp(`занимается ${winner}, специалист по приёму`)]])
})

test('the card of the one who did not tap changes by itself', async () => {
  const { anna, vera } = await twoWithACard()
  const { message_id } = vera.card()
  await anna.tap('Взять')
  await expect.poll(() => nowOf(vera, message_id)?.text).toMatch(/Взято: Анна\./)
})

test('a card that is on its way while another takes the request says so when it arrives', async () => {
  const world = await openWorld({ at: tuesday, mode: 'webhook' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake', noRoom)
  const vera = await world.staff('Вера', ['leninsky'], 'intake', noRoom)
  const olga = world.person()
  await olga.play(parentAnswers())
  world.telegram.faults.delay(1_000)
  const submitted = olga.tap('Отправить')
  await expect.poll(() => jobStates(world.database, 'staff-card')).toEqual(['active', 'active'])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  // Does not wait for what is on its way, as a tap of a journey does.
  const taken = anna.telegram.tap(anna.id, anna.card().message_id, `-.take.${id}`)
  await expect.poll(() => jobStates(world.database, 'staff-cards-refresh')).toEqual(['completed'])
  world.telegram.faults.delay(0)
  await Promise.all([submitted, taken])
  await expect.poll(() => vera.allText(), { timeout: 30_000 }).toMatch(/Взято: Анна/)
  expect(vera.allText()).not.toMatch(/Ждёт специалиста/)
})

test('passed on with a reason: the next one gets the card and the reason, and the family is notified', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const vera = await world.staff('Вера', ['leninsky', 'oktyabrsky'])
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  await anna.tap('Взять')
  await expect.poll(() => olga.allText()).toMatch(/У вас новое сообщение/)
  expect(vera.allText()).not.toContain(number)
  await anna.play([
    ['Передать', 'pass-on'],
    ['‹ Назад', 'case'],
    ['Передать', 'pass-on'],
    [{ words: 'я'.repeat(301) }, /длиннее 300 знаков/],
    [{ words: 'Ухожу в отпуск, знаю эту семью лично.' }, /Передано/],
  ])
  anna.sees('queue')

  const newsOf = () => olga.allText().match(/У вас новое сообщение/g)?.length
  await expect.poll(newsOf).toBe(2)
  await olga.play([['/status', /Сейчас: обращение у нас/]])
  await expect.poll(() => vera.text()).toMatch(`Заявление ${number}`)
  expect(vera.text()).toMatch(/Передавали: 1 раз/)
  expect(vera.text()).toMatch(/→ Вера: других сейчас нет/)
  expect(vera.text()).not.toMatch(/отпуск/)
  expect(await eventsOf(world)).toEqual(['submitted', 'assigned', 'claimed', 'passed-on', 'assigned'])

  await vera.tap('Взять')
  await expect.poll(newsOf).toBe(3)
  await olga.play([['Посмотреть', /занимается Вера/]])
  await vera.play([
    ['Ответы', 'case.details'],
    ['Своими словами', /Ухожу в отпуск/],
  ])
  // No card of this request still says that it waits.
  const waiting = () =>
    [anna, vera].flatMap((chat) =>
      chat.messages().filter(({ text }) => text?.includes(`Заявление ${number}`) && /Ждёт/.test(text)),
    )
  await expect.poll(waiting).toEqual([])
})

test('nobody can pass on a request claimed by another', async () => {
  const { world, anna, vera } = await twoWithACard()
  const pass = vera.dataOf('Передать')
  const { message_id } = vera.card()
  await anna.tap('Взять')
  await expect.poll(() => nowOf(vera, message_id)?.text).toMatch(/Взято: Анна/)
  expect(await vera.byHand(pass, message_id)).toMatchObject({ text: 'Это действие недоступно.' })
  await vera.say('Просто так')
  expect(await eventsOf(world)).toEqual(['submitted', 'claimed'])
})

test('every access to answers and contacts is audited in rows that the database keeps immutable', async () => {
  const { world, anna, vera } = await twoWithACard()
  await anna.play([
    ['Ответы', 'case.details'],
    ['Своими словами', 'case.story'],
    ['Ответы', 'case.details'],
    ['Контакты', /ответы/],
    ['‹ К карточке', 'case'],
  ])
  await vera.tap('Контакты')
  const { prisma } = world.database
  const rows = await prisma.auditEntry.findMany({ include: { staff: true }, orderBy: { id: 'asc' } })
  expect(rows.map(({ staff, action }) => `${staff?.name} ${action}`)).toEqual([
    'Анна request.details',
    'Анна request.details',
    'Анна request.details',
    'Анна request.contact',
    'Вера request.contact',
  ])
  const request = await prisma.request.findFirstOrThrow()
  for (const row of rows) expect(row).toMatchObject({ requestId: request.id })
  for (const change of [
    'UPDATE audit_entries SET action = action',
    'DELETE FROM audit_entries',
    'TRUNCATE audit_entries CASCADE',
  ]) {
    await expect(prisma.$executeRawUnsafe(change), change).rejects.toThrow(/append-only/)
  }
  expect(await prisma.auditEntry.count()).toBe(5)
})
