import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { told as allTold, anActivity, aPlan, publish } from '#test/support/plan.ts'
import { inviteTo, openSurveyDesk } from '#test/support/surveys.ts'
import { told } from '#test/support/visits.ts'

/** Olga has written to her curator; then she asks for somebody else, and Елена, a supervisor, answers. */
const openApart = async () => {
  const family = await openWithFamily()
  const { world, key, member, supervisor } = family
  await key.call('PUT', '/alarming-words', { body: { words: ['бьёт'] } })
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Первое, куратору' }, /Отправлено/],
  ])
  await told(family.curator, /новое сообщение/)
  world.clock.forward(60 * 60_000)
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
    ['Не помогли', /Новую переписку в боте куратор видеть не будет, пока вы сами не разрешите/],
    ['Да, пусть напишут', /Вам напишет не куратор/],
  ])
  await told(supervisor, /Новую переписку с этим человеком куратор не видит/)
  world.clock.forward(60_000)
  await supervisor.tap('Написать')
  await supervisor.play([
    ['Ответить', 'thread-write'],
    [{ words: 'Это Елена, говорите мне' }, /Скрыто от куратора[\s\S]*Ирина/],
  ])
  world.clock.forward(60_000)
  await olga.play([
    [
      '/messages',
      /говорите мне[\s\S]*Куратор этого не видит[\s\S]*скрыто [^\n]*: Ирина\. Прочитает другой человек из центра/,
    ],
    [
      { words: 'Ирина мне не верит' },
      /^✓ Отправлено\.\s+Куратор этого не видит\. Прочитает другой человек из центра, сегодня до 18:00/,
    ],
    [{ words: 'И бьёт сына' }, /^✓ Отправлено\. Куратор этого не видит: другие специалисты[\s\S]*112/],
  ])
  await allTold(world)
  return { ...family, family, olga }
}

const labels = (chat: Chat) => chat.buttons(chat.card()).map(({ text }) => text)

const hidden = /говорите мне|не верит|бьёт|тревожное слово/

const reads = async (curator: Chat, familyId: string, memberId: string) => {
  await curator.byHand(`-.f-thread.${familyId}`)
  await curator.byHand(`-.thread.${memberId}`)
}

test('what is written after asking for somebody else is nowhere to be found for the curator, until the family allows it', async () => {
  const { world, curator, supervisor, familyId, key, path, olga } = await openApart()
  await told(supervisor, /Срочно.*тревожное слово/)
  const cards = curator.allText().match(/новое сообщение/g)?.length
  expect(cards).toBe(1)
  await curator.byHand(`-.f-thread.${familyId}`)
  expect(curator.text()).not.toMatch(/сообщени[ея]|●/)
  await curator.byHand(`-.thread.${olga.memberId}`)
  expect(curator.text()).toMatch(/Первое, куратору/)
  expect(curator.allText()).not.toMatch(hidden)
  expect(curator.allText()).not.toMatch(/Скрыто|не с куратором/)
  // Their look does not mark as read what they do not see, and their own words stay theirs.
  const unread = () => world.database.prisma.message.count({ where: { author: 'member', readAt: null } })
  expect(await unread()).toBe(2)
  await curator.play([
    ['Ответить', 'thread-write'],
    [{ words: 'Как ваши дела?' }, /Как ваши дела/],
  ])
  expect(curator.allText()).not.toMatch(hidden)

  // Other systems are told from whom to keep it.
  const { items } = (await key.get(`${path}/messages?limit=10`)).body as { items: { hiddenFrom: string[] }[] }
  expect(items.map(({ hiddenFrom }) => hiddenFrom.length)).toEqual([1, 1, 1, 1, 0])

  await supervisor.byHand(`-.thread.${olga.memberId}`)
  expect(supervisor.text()).toMatch(/Скрыто от куратора \(Ирина\)[\s\S]*не верит/)
  expect(await unread()).toBe(0)

  // Nobody who fears the curator is offered to write to them.
  await olga.play([['/menu', 'home']])
  expect(labels(olga)).toContain('Написать в центр')
  expect(labels(olga)).not.toContain('Написать куратору')

  // A change of mind is asked for twice, and opens all of it.
  await olga.play([
    ['/messages', 'messages'],
    ['Пусть читает и куратор', /Отменить это нельзя/],
    ['Нет, оставить как есть', 'messages'],
  ])
  await reads(curator, familyId, olga.memberId)
  expect(curator.allText()).not.toMatch(hidden)
  await olga.play([
    ['Пусть читает и куратор', /Будет видно всё[\s\S]*Ирина/],
    ['Да, пусть читает', /Теперь переписку видит и куратор/],
  ])
  await reads(curator, familyId, olga.memberId)
  expect(curator.text()).toMatch(/не верит/)
})

test('only the conversation of whoever asked is hidden, and only from their curator', async () => {
  const { world, familyId, member, curator, curatorId } = await openApart()
  const pavel = await member('parent', 'Павел')
  await pavel.play([
    ['/messages', 'messages'],
    [{ words: 'Это Павел' }, /Отправлено/],
  ])
  expect(pavel.text()).not.toMatch(/От куратора/)
  await pavel.play([['/menu', 'home']])
  expect(labels(pavel)).toContain('Написать куратору')
  await reads(curator, familyId, pavel.memberId)
  expect(curator.text()).toMatch(/Это Павел/)
  const talks = await world.database.prisma.talkApart.findMany()
  expect(talks).toMatchObject([{ staffIds: [curatorId], endedAt: null }])
})

test('an account that came by a new link does not learn that somebody else was asked for', async () => {
  const { world, key, path, olga } = await openApart()
  const { body } = await key.post(`${path}/members/${olga.memberId}/link`, {})
  const phone = world.person({ firstName: 'Кто-то' })
  await openLink(phone, (body as { link: string }).link)
  await phone.tap('Даю согласие')
  await phone.play([
    ['/messages', 'messages'],
    [{ words: 'Это правда я' }, /Отправлено/],
    [{ words: 'И это' }, /Отправлено/],
  ])
  expect(phone.allText()).not.toMatch(/От куратора|не видит|Прочитает Ирина/)
  await phone.play([['/menu', 'home']])
  expect(labels(phone)).toContain('Написать куратору')
})

test('a question about the plan reaches somebody who reads the conversation', async () => {
  const { world, key, path, supervisor, olga } = await openApart()
  await publish(
    key,
    path,
    aPlan([
      anActivity('school', {
        plain: 'Сходить в школу',
        when: { kind: 'once', on: '2026-11-27', at: '15:00' },
      }),
    ]),
  )
  await allTold(world)
  await supervisor.byHand(`-.thread.${olga.memberId}`)
  const before = supervisor.allText().match(/новое сообщение/g)?.length ?? 0
  world.clock.forward(60 * 60_000)
  await olga.play([
    ['/plan', 'plan'],
    ['На этой неделе', /Сходить в школу/],
  ])
  const ask = olga.buttons(olga.card()).find(({ text }) => text.startsWith('Сходить'))
  await olga.play([
    [ask?.text ?? '', /Когда: /],
    ['Что это значит?', /Вопрос передан/],
  ])
  await allTold(world)
  await expect.poll(() => supervisor.allText().match(/новое сообщение/g)?.length).toBe(before + 1)
})
