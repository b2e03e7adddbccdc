import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openOffice } from '#test/support/office.ts'
import { openWithRequest, pushes } from '#test/support/submitted.ts'
import { timePasses } from '#test/support/waiting.ts'

// Somebody who wrote about another family learns that it came and was read: never a stage, a name or an outcome.

const menuOf = async (chat: Chat) => {
  await chat.say('/menu')
  return { text: chat.text(), labels: chat.buttons(chat.card()).map(({ text }) => text) }
}

const open = async () => {
  const opened = await openWithRequest()
  const { world, path } = opened
  const id = path.split('/').at(-1) ?? ''
  await world.database.prisma.request.update({
    where: { id },
    data: { applicant: 'other-person', kind: 'message' },
  })
  await world.database.prisma.readingPromise.updateMany({ data: { wants: 'reading' } })
  await world.restart()
  return opened
}

test('the menu and the card are the same whether the message is in work, passed on or closed', async () => {
  const { world, key, anna, olga, path } = await open()
  await world.staff('Вера', ['leninsky'])
  expect((await menuOf(olga)).text).toMatch(/мы получили ваше обращение\. Прочитает специалист по приёму/)
  await olga.play([['/status', /Семье бот вас не показывает/]])
  expect(olga.text()).not.toMatch(/вместе с той семьёй/)
  await anna.play([['Взять', /Взято вами/]])
  await expect.poll(() => pushes(olga)).toBe(1)
  const read = await menuOf(olga)
  expect(read.text).toMatch(/специалист центра прочитал ваше обращение/)
  expect(read.text).not.toMatch(/Анна|комисси|декабря/i)
  expect(read.labels).toEqual(expect.arrayContaining(['Что с обращением', 'Попросить о помощи']))
  await key.post(`${path}/pass-on`, { reason: 'отпуск' })
  expect(await menuOf(olga)).toEqual(read)
  await olga.play([['/status', /специалист центра прочитал/]])
  const { staffId } = {
    staffId: (await world.database.prisma.staffMember.findFirstOrThrow({ where: { name: 'Вера' } })).id,
  }
  await key.post(`${path}/claim`, { staffId })
  const refused = { outcome: 'refused', decision: { reason: 'Нет оснований', instead: 'Позвоните в школу' } }
  expect(await key.post(`${path}/transition`, { to: 'closed', ...refused })).toMatchObject({ status: 200 })
  expect(await menuOf(olga)).toEqual(read)
})

test('staff who decide on it are not told that a family reads the reason', async () => {
  const { anna } = await open()
  await anna.play([
    ['Взять', /Взято вами/],
    ['Принять или закрыть', /Что решили/],
    ['Отказ', /Почему\?\s+Напишите своими словами/],
  ])
  expect(anna.text()).toMatch(/Писал человек со стороны/)
  expect(anna.text()).not.toMatch(/прочитает семья|Вам помогает/)
})

test('once it was read they can ask for themselves; an answer to the former is not lost', async () => {
  const { key, anna, olga, path } = await open()
  await anna.play([['Взять', /Взято вами/]])
  const number = await submitAsParent(olga)
  expect(number).toBe('2026-000002')
  await key.post(`${path}/messages`, { text: 'Спасибо, мы знаем об этом.' })
  await expect.poll(() => pushes(olga)).toBe(2)
  await olga.play([
    ['/menu', /^[\s\S]*Вам ответили/],
    ['Прочитать', /Спасибо, мы знаем об этом/],
  ])
})

test('a neighbour’s note stays with the message, and a late reading is said without a name', async () => {
  const { world, anna, olga } = await open()
  const office = await openOffice(world)
  await timePasses(world, office, '2026-11-24T15:01:00Z')
  await olga.play([['/status', /Мы опаздываем, извините\. Обещали прочитать/]])
  expect(olga.text()).not.toMatch(/Анна/)
  await anna.play([
    ['Открыть', 'case'],
    ['Взять', /Взято вами/],
  ])
  await olga.play([
    ['/menu', 'home'],
    [{ words: 'Сегодня опять кричали' }, /Отправлено\. Прочитает/],
  ])
  await expect.poll(() => anna.allText()).toMatch(/дописали/)
})
