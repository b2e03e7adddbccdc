import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'

const labelsOf = (chat: Chat) => chat.buttons(chat.card()).map(({ text }) => text)
const item = {
  survey: 'interim',
  from: '2026-08-01',
  until: '2026-10-31',
  said: 'долго ждём ответа куратора',
  done: 'куратор отвечает до конца рабочего дня',
}

test('the outcome of answers is in the menu, marked as new until opened', async () => {
  const { key, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.play([['/start', 'home']])
  expect(labelsOf(olga)).not.toContain('Что изменили')

  expect(await key.post('/said-done', item)).toMatchObject({ status: 201, body: { territory: null } })
  await olga.play([
    ['/start', 'home'],
    [
      'Что изменили · новое',
      /🆕 Семьи сказали: долго ждём ответа куратора\nМы сделали: куратор отвечает до конца/,
    ],
  ])
  expect(olga.text()).toMatch(/По ответам с 1 августа по 31 октября/)
  await olga.play([
    ['Меню', 'home'],
    ['Что изменили', /Вы сказали – мы сделали/],
  ])
  expect(olga.text()).not.toContain('🆕')
  await olga.play([['‹ Назад', 'home']])
})

test('items for other territories and withdrawn ones are not shown; minors and English have their own wording', async () => {
  const { world, key, member } = await openWithFamily()
  const dasha = await member('minor', 'Даша')
  await key.post('/said-done', { ...item, territory: 'oktyabrsky' })
  await dasha.play([['/start', 'home']])
  expect(labelsOf(dasha)).not.toContain('Что изменили · новое')

  const english = { said: 'we wait long', done: 'the curator answers the same day' }
  const made = await key.post('/said-done', { ...item, territory: 'leninsky', english })
  await dasha.play([
    ['/start', 'home'],
    ['Что изменили · новое', /Тебя и других спрашивали – и вот что сделали/],
  ])
  await dasha.play([
    ['/language', 'language'],
    ['English', 'language'],
  ])
  await dasha.play([
    ['/start', 'home'],
    ['What has changed', /We did: the curator answers the same day/],
  ])
  const { id } = made.body as { id: string }
  expect((await key.delete(`/said-done/${id}`)).status).toBe(204)
  expect((await key.delete(`/said-done/${id}`)).status).toBe(404)
  await dasha.play([['/start', 'home']])
  expect(labelsOf(dasha)).not.toContain('What has changed')

  const narrow = await keyOf(world, { territories: ['oktyabrsky'] })
  expect((await narrow.post('/said-done', item)).status).toBe(409)
  expect((await narrow.post('/said-done', { ...item, territory: 'leninsky' })).status).toBe(422)
  expect((await key.post('/said-done', { ...item, survey: 'nobody-knows' })).status).toBe(404)
  expect((await key.post('/said-done', { ...item, until: '2026-07-31' })).status).toBe(422)
})

test('a supervisor publishes an item in five taps and two messages, and withdraws it; a curator cannot', async () => {
  const { curator, supervisor, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await supervisor.play([
    ['/start', 'home'],
    ['Итоги опросов', /Что отвечают семьи/],
    ['Рассказать семьям', /По ответам на какой опрос/],
    ['Как идёт помощь', /Что сказали семьи/],
    [{ words: 'я'.repeat(301) }, /не больше 300 знаков/],
    [{ words: 'долго ждём <ответа>' }, /Что вы сделали/],
    [{ words: 'куратор отвечает в тот же день' }, /Так это прочтут семьи/],
  ])
  expect(supervisor.text()).toMatch(/Семьи сказали: долго ждём <ответа>\nМы сделали: куратор отвечает/)
  await supervisor.tap(labelsOf(supervisor)[0] ?? '')
  supervisor.sees(/Семьи это видят/)
  await olga.play([
    ['/start', 'home'],
    ['Что изменили · новое', /долго ждём <ответа>/],
  ])
  await supervisor.play([['Забрать назад', /Пункт забран назад/]])
  await olga.play([['/start', 'home']])
  expect(labelsOf(olga).join()).not.toContain('Что изменили')
  await curator.byHand('-.results.')
  curator.sees('home')
})
