import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { minorAnswers, minorSubmits, submitAsParent } from '#test/support/intake.ts'
import { openWithRequest, pushes, staffIdOf } from '#test/support/submitted.ts'
import { tapsOf } from '#test/support/taps.ts'
import { openWorld, type World } from '#test/support/world.ts'

const mostTaps = 5

/** Анна has taken Ольга's request; Ирина is a curator, Елена a supervisor. */
const openTaken = async () => {
  const opened = await openWithRequest({ atOnce: true })
  const { world, anna, number } = opened
  const irina = await world.staff('Ирина', ['leninsky'], 'curator')
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  await anna.tap('Взять')
  expect(anna.text()).toContain(number)
  return { ...opened, irina, elena }
}

const familyIn = ({ database }: World) =>
  database.prisma.family.findFirst({ include: { members: true, safety: true } })

const requestIn = ({ database }: World) => database.prisma.request.findFirstOrThrow()

test('accepted from the card in four taps: level, curator, what the family will read', async () => {
  const { world, anna, olga, irina } = await openTaken()
  const before = pushes(olga)
  const taps = await tapsOf(anna, [
    ['Принять или закрыть', /Что решили/],
    ['Берём на сопровождение', /Какой уровень/],
    ['кризисный', /Кто будет куратором/],
    ['Ирина', /Семья прочитает:[\s\S]*Центр будет вам помогать[\s\S]*Вернуть назад нельзя/],
    ['Принять семью', /Принято: семья № 1/],
  ])
  expect(taps).toBeLessThanOrEqual(mostTaps)
  expect(anna.text()).toMatch(/Закрыто/)
  expect(await familyIn(world)).toMatchObject({
    level: 'crisis',
    curatorId: await staffIdOf(world, 'Ирина'),
    members: [{ role: 'parent' }],
  })
  await expect.poll(() => pushes(olga)).toBe(before + 1)
  await olga.play([['/status', /Комиссия решила 24 ноября[\s\S]*Ирина/]])
  await irina.play([
    ['/menu', 'home'],
    ['Мои семьи', /№ 1/],
  ])
})

test('an accepted teenager’s safety answers go along, and the family reads in their own form of address', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  await world.staff('Ирина', ['leninsky'], 'curator')
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  await expect.poll(() => anna.text()).toMatch(/Взять|подросток/)
  await anna.tap('Взять')
  await anna.play([
    ['Принять или закрыть', /Что решили/],
    ['Берём на сопровождение', /Какой уровень/],
    ['Решим позже', /Кто будет куратором/],
    ['Назначим позже', /Центр будет помогать тебе/],
    ['Решили специалисты', /Записано: Решили специалисты[\s\S]*Специалисты центра решили/],
    ['Добавить причину', /Или выберите/],
    ['1. Несколько дел', /Почему: Вместе будет легче/],
    ['Принять семью', /Принято: семья/],
  ])
  const family = await familyIn(world)
  expect(family).toMatchObject({ level: null, curatorId: null, members: [{ role: 'minor' }] })
  expect(family?.safety).toHaveLength(2)
})

test('refused in five taps with words chosen from a list, or written', async () => {
  const { world, anna, olga } = await openTaken()
  const taps = await tapsOf(anna, [
    ['Принять или закрыть', /Что решили/],
    ['Отказ', /Почему/],
    ['2. Хватит услуг', /Что семья может уже сейчас/],
    [
      '1. Консультация',
      /Семья прочитает:[\s\S]*сопровождение сейчас не начнут[\s\S]*Консультация специалиста/,
    ],
    ['Закрыть обращение', /Обращение закрыто/],
  ])
  expect(taps).toBeLessThanOrEqual(mostTaps)
  expect(await requestIn(world)).toMatchObject({ status: 'closed' })
  await olga.play([['/status', /Почему: Для вашего дела хватит обычных услуг/]])
})

test('passed on: three words are asked for, a word more may be added, too long is said', async () => {
  const { world, anna, olga } = await openTaken()
  await anna.play([
    ['Принять или закрыть', /Что решили/],
    ['Поможет другой центр', /Почему/],
    [{ words: 'я'.repeat(601) }, /длиннее 600 знаков/],
    [{ words: 'У них <есть> группа.' }, /Где помогут/],
    ['‹ Назад', /Почему/],
    [{ words: 'У них <есть> группа.' }, /Где помогут/],
    [{ words: 'Центр «Надежда»' }, /Какой там телефон/],
    [{ words: '8-800-000-00-00' }, /О вас мы туда ничего не передавали/],
    ['Что мы передали', /Что вы туда передали/],
    ['2. Имя и телефон', /Что мы туда передали: С вашего согласия: только имя и телефон/],
    ['Пока не решать', 'case'],
  ])
  expect(await requestIn(world)).toMatchObject({ status: 'claimed' })
  await anna.play([
    ['Принять или закрыть', /Что решили/],
    ['Сопровождение не нужно', /Почему/],
    ['1. Сами справились', /Семья прочитает/],
    ['Закрыть обращение', /Обращение закрыто/],
  ])
  await olga.play([['/status', /сопровождение сейчас не нужно[\s\S]*справились сами/]])
})

test('a decision that somebody else has made meanwhile is not made again', async () => {
  const { world, anna, key, path } = await openTaken()
  await anna.play([
    ['Принять или закрыть', /Что решили/],
    ['Сопровождение не нужно', /Почему/],
    ['1. Сами справились', /Семья прочитает/],
  ])
  const answer = { to: 'closed', outcome: 'support-agreed' }
  expect(await key.post(`${path}/transition`, answer)).toMatchObject({ status: 200 })
  await anna.tap('Закрыть обращение')
  anna.sees('home')
  expect(await world.database.prisma.requestEvent.count({ where: { kind: 'closed' } })).toBe(1)
})

test('a stage in three taps; the family reads it, and there is no way back', async () => {
  const { world, anna, olga } = await openTaken()
  const before = pushes(olga)
  const taps = await tapsOf(anna, [
    ['Этап', /На какой этап/],
    ['1', /Семья прочитает: «Сейчас:/],
    ['Выбрать другой этап', /На какой этап/],
    ['2', /Вернуть назад нельзя/],
    ['Перевести', /Этап записан/],
  ])
  expect(taps - 2).toBe(3)
  const { stage } = await requestIn(world)
  expect(stage).not.toBe('registered')
  await expect.poll(() => pushes(olga)).toBe(before + 1)
})

test('a note in one tap: staff read it, the family does not', async () => {
  const { anna, elena, olga } = await openTaken()
  expect(
    await tapsOf(anna, [
      ['Заметка', /Заметка для своих/],
      [{ words: 'Метка: бабушка против' }, /Заметка записана/],
    ]),
  ).toBe(1)
  await anna.play([
    ['Ответы', 'case.details'],
    ['Своими словами', /Метка: бабушка против/],
  ])
  await olga.play([['/status', 'status']])
  expect(olga.allText()).not.toMatch(/Метка/)
  expect(elena.allText()).not.toMatch(/Метка/)
})

test('given to somebody by name in three taps; the family learns that it was passed on', async () => {
  const { world, anna, olga, number } = await openTaken()
  const vera = await world.staff('Вера', ['leninsky'])
  await world.staff('Нина', ['oktyabrsky'])
  await anna.tap('Назначить')
  expect(anna.text()).toMatch(/Вера, специалист по приёму: на месте/)
  expect(anna.text()).not.toMatch(/Нина|Ирина/)
  await anna.play([
    ['Вера', /Семья узнает/],
    ['Назначить', /Назначено/],
  ])
  await expect.poll(() => vera.text()).toMatch(number)
  await expect.poll(() => olga.allText()).toMatch(/У вас новое сообщение/)
  expect(await requestIn(world)).toMatchObject({
    status: 'submitted',
    assignedToId: await staffIdOf(world, 'Вера'),
  })
})

test('a supervisor gives and notes what somebody else has, and decides nothing', async () => {
  const { world, elena, path } = await openTaken()
  const id = path.split('/').at(-1) ?? ''
  await elena.byHand(`-.card.${id}`)
  const labels = elena.buttons(elena.card()).map(({ text }) => text)
  expect(labels).toEqual(expect.arrayContaining(['Заметка', 'Назначить']))
  expect(labels).not.toContain('Принять или закрыть')
  await elena.byHand(`-.decide.${id}`)
  elena.sees('home')
  await elena.byHand(`-.card.${id}`)
  const vera = await world.staff('Вера', ['leninsky'])
  await elena.play([
    ['Назначить', /Почему обращение получит другой/],
    [{ words: 'Анна в отпуске' }, /Вера/],
    ['Вера', /Семья узнает/],
    ['Назначить', /Назначено/],
  ])
  await expect.poll(() => vera.text()).toMatch(/Взять|Заявление/)
})

/** A tap that no button of the card offers. */
const forged = (chat: Chat, action: string, arg: string) => {
  const data = chat
    .buttons(chat.card())
    .map((button) => ('callback_data' in button ? (button.callback_data ?? '') : ''))
    .find((one) => !one.startsWith('-'))
  return chat.byHand(`${data?.split('.')[0]}.${action}.${arg}`)
}

test('ids of people who may not have it are refused, also where a card would take one', async () => {
  const { world, anna, path, number } = await openTaken()
  const nina = await world.staff('Нина', ['oktyabrsky'])
  const galina = await world.staff('Галина', ['oktyabrsky'], 'curator')
  const id = path.split('/').at(-1) ?? ''
  const before = await requestIn(world)
  for (const name of ['Нина', 'Галина', 'Ирина']) {
    await anna.byHand(`-.give.${id}`)
    await forged(anna, 'set', await staffIdOf(world, name))
    await forged(anna, 'yes', '')
  }
  for (const name of ['Нина', 'Галина', 'Анна']) {
    await anna.byHand(`-.decide.${id}`)
    await anna.play([
      ['Берём на сопровождение', /Какой уровень/],
      ['кризисный', /Кто будет куратором/],
    ])
    await forged(anna, 'set', await staffIdOf(world, name))
    await forged(anna, 'yes', '')
  }
  expect(await requestIn(world)).toMatchObject({ status: 'claimed', claimedById: before.claimedById })
  expect(await familyIn(world)).toBeNull()
  for (const chat of [nina, galina]) expect(chat.allText()).not.toMatch(number)
})

test('a request that another one has: no button of it does anything', async () => {
  const { world, path, number } = await openTaken()
  const vera = await world.staff('Вера', ['leninsky'])
  const id = path.split('/').at(-1) ?? ''
  for (const action of ['decide', 'stage', 'give', 'jot']) {
    await vera.byHand(`-.${action}.${id}`)
    vera.sees('home')
  }
  await submitAsParent(world.person({ firstName: 'Другая' }))
  expect(await requestIn(world)).toMatchObject({ number, status: 'claimed' })
})
