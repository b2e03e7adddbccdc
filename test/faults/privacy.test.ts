import { expect, test } from 'vitest'
import { openDoorCode } from '#features/visits/visit-content.ts'
import { createSealer } from '#storage/seal.ts'
import type { Chat } from '../support/chat.ts'
import { columnsWith, undecidedValues } from '../support/columns.ts'
import { openWithFamily } from '../support/family.ts'
import { adultSubmits, parentAnswers, type Steps } from '../support/intake.ts'
import { anActivity, aPlan, publish } from '../support/plan.ts'
import { openReceiver } from '../support/receiver.ts'
import { openWorld, testKeys, type World } from '../support/world.ts'

/** Unique words, one for every field that a person fills in. */
const marks = {
  firstName: 'Меткаимя',
  name: 'Меткаобращение',
  story: 'Меткарассказ',
  place: 'Меткаместо',
  note: 'Метказаметка',
  reason: 'Меткапричина',
  stray: 'Меткапустяк',
  children: '2011',
}
const phone = '+79187654321'
const noise = ['update.failed', 'update.quarantined', 'job.failed', 'telegram.refused', 'polling.failed']

const marked = (steps: Steps): Steps =>
  steps.map(([deed, seen]) => {
    if (deed === 'Ставрополь, Ленинский район') return ['Другое место', 'question.territoryWords']
    if (typeof deed !== 'object') return [deed, seen]
    if (deed.words === 'Ольга') return [{ words: marks.name }, seen]
    if (deed.words.startsWith('2014')) return [{ words: marks.children }, seen]
    return [{ words: marks.story }, seen]
  })

/** Their ids in the channel, not inside a longer number or a sealed value. */
const accountsOf = (chats: readonly Chat[]) =>
  new RegExp(`(?<![\\w+/-])(telegram:)?(${chats.map(({ id }) => id).join('|')})(?![\\w+/-])`)

const journey = async (world: World): Promise<{ olga: Chat; anna: Chat }> => {
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person({ firstName: marks.firstName, phone })
  const steps = marked(parentAnswers())
  const place = steps.findIndex(([deed]) => deed === 'Другое место') + 1
  await olga.play([
    ...steps.slice(0, place),
    [{ words: marks.place }, 'question.circumstances'],
    ...steps.slice(place),
    [{ words: marks.stray }, 'summary'],
  ])
  // Provoke faults, because errors are logged too.
  world.telegram.faults.failNext('editMessageText', 1, {
    code: 400,
    description: `Bad Request: ${marks.name}`,
  })
  await olga.tap('Изменить ответ')
  await expect
    .poll(() => olga.buttons(olga.card()).map(({ text }) => text), { timeout: 30_000 })
    .toContain('Имя')
  await olga.play([['‹ Назад', 'summary'], ...adultSubmits])
  await olga.play([['Дописать', 'note']])
  world.telegram.faults.failNext('sendMessage', 1, { code: 500 })
  await olga.say(marks.note)
  await expect.poll(() => olga.text(), { timeout: 30_000 }).toMatch(/Дописано/)
  await expect.poll(() => anna.allText(), { timeout: 30_000 }).toMatch(/Заявление \d{4}-\d{6}/)
  await anna.play([['/queue', 'queue']])
  await anna.tap(anna.buttons(anna.card())[0]?.text ?? '')
  for (const label of ['Взять', 'Контакты']) await anna.tap(label)
  expect(anna.allText()).toContain(marks.name)
  return { olga, anna }
}

test('neither a log line nor a column, the queue’s included, contains user input, contacts or identities', async () => {
  const world = await openWorld({ mode: 'webhook', noise })
  const { olga, anna } = await journey(world)
  await anna.say('/queue')
  await world.restart()
  const log = world.lines.join('\n')
  expect(world.lines.length).toBeGreaterThan(5)
  for (const secret of [
    ...Object.values(marks).slice(0, -1),
    phone,
    phone.slice(2),
    String(olga.id),
    String(anna.id),
  ]) {
    expect(log).not.toContain(secret)
  }
  const secrets = [...Object.values(marks).slice(0, -1), phone, phone.slice(2)]
  const accounts = accountsOf([olga, anna])
  const told = (text: string) => accounts.test(text) || secrets.some((secret) => text.includes(secret))
  expect(await columnsWith(world, told)).toEqual([])
  expect(await world.database.prisma.request.count()).toBe(1)
  const { wrong, seen } = await undecidedValues(world)
  expect(wrong).toEqual([])
  expect(seen).toBeGreaterThan(25)
})

const familyMarks = {
  member: 'Меткаучастница',
  minor: 'Меткаребёнок',
  line: 'Меткастрока',
  answer: 'Меткаответ',
  place: 'Меткаадрес',
  note: 'Меткаприготовить',
  otherTime: 'Меткавремя',
  goal: 'Меткацель',
  task: 'Метказадача',
  result: 'Меткаитог',
  title: 'Меткамероприятие',
  plain: 'Меткапросто',
  responsible: 'Меткаведущая',
}

test('no log, column or webhook contains accounts, names, messages, plans or door codes of a family', async () => {
  const family = await openWithFamily({ mode: 'webhook', noise, allowLoopback: true })
  const { world, key, path, curator, curatorId } = family
  const receiver = await openReceiver()
  expect(await key.post('/webhooks', { url: receiver.url })).toMatchObject({ status: 201 })
  const olga = await family.member('parent', familyMarks.member)
  const dasha = await family.member('minor', familyMarks.minor)
  const { title, plain, responsible, goal, task, result, place, note } = familyMarks
  const texts = { goal, tasks: [task], results: [result] }
  await publish(key, path, aPlan([anActivity('one', { title, plain, responsible, place })], texts))
  const visit = { staffId: curatorId, startsAt: '2026-12-03T12:00:00Z', minutes: 60, purpose: 'regular' }
  const made = await key.post(`${path}/visits`, { ...visit, audience: 'family', place, note })
  // Wait for notifications before she continues.
  await expect.poll(() => olga.allText()).toMatch(/В плане есть новое/)
  await expect.poll(() => olga.allText()).toMatch(/Новая встреча/)
  await olga.byHand(`-.visit.${(made.body as { id: string }).id}`)
  await olga.play([
    ['Другое время', /Когда вам удобно/],
    ['Написать словами', 'visit-words'],
    [{ words: familyMarks.otherTime }, /передана/],
    ['/plan', 'plan'],
    ['/messages', 'messages'],
    [{ words: familyMarks.line }, /Отправлено/],
  ])
  await expect.poll(() => curator.text()).toMatch(/новое сообщение/)
  await curator.play([
    ['Открыть', new RegExp(familyMarks.line)],
    ['Ответить', 'thread-write'],
  ])
  world.telegram.faults.failNext('sendMessage', 1, { code: 500 })
  await curator.say(familyMarks.answer)
  await expect.poll(() => olga.text(), { timeout: 30_000 }).toBe('Вам написали.')

  const stored = await world.database.prisma.visit.findFirstOrThrow()
  const code = openDoorCode(createSealer(testKeys), stored)
  // Four separate digits, not part of a timestamp or an id.
  const standsAlone = new RegExp(`(?<![\\w.:+-])${code}(?![\\w.:+-])`)
  const accounts = accountsOf([olga, dasha, curator])
  const told = (text: string) =>
    standsAlone.test(text) ||
    accounts.test(text) ||
    Object.values(familyMarks).some((mark) => text.includes(mark))
  expect(await columnsWith(world, told)).toEqual([])
  const { wrong, seen } = await undecidedValues(world)
  expect(wrong).toEqual([])
  expect(seen).toBeGreaterThan(30)
  expect(world.lines.filter(told)).toEqual([])
  await expect.poll(() => receiver.events().map(({ type }) => type)).toContain('message.received')
  expect(receiver.received.map(({ body }) => body).filter(told)).toEqual([])
})

test('a sealed value moved to another row does not open there', async () => {
  const world = await openWorld({ mode: 'webhook', noise })
  const anna = await world.staff('Анна', ['leninsky'])
  const [first, second] = [world.person({ phone }), world.person()]
  for (const [chat, name] of [
    [first, marks.name],
    [second, 'Ирина'],
  ] as const) {
    await chat.play(
      parentAnswers().map(([deed, seen]) =>
        typeof deed === 'object' && deed.words === 'Ольга' ? [{ words: name }, seen] : [deed, seen],
      ),
    )
    await chat.play(adultSubmits)
  }
  const { prisma } = world.database
  const [one, two] = await prisma.request.findMany({ orderBy: { number: 'asc' } })
  if (!one || !two) throw new Error('two requests were expected')
  await prisma.request.update({ where: { id: two.id }, data: { contact: one.contact, answers: one.answers } })
  await expect.poll(() => anna.allText()).toContain(two.number)
  const card = anna.messages().find(({ text }) => text?.includes(two.number))
  await anna.tap('Взять', card)
  await anna.tap(
    'Контакты',
    anna.messages().find(({ text }) => text?.includes(two.number)),
  )
  expect(anna.allText()).not.toContain(marks.name)
  expect(anna.allText()).toMatch(/Это ошибка бота, она записана/)
})
