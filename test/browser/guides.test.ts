import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#sandbox/talk/client.ts'
import { browserForTests } from './open-page.ts'
import { looks, plays } from './pictured-phone.ts'
import { type RunningApp, runApp } from './running-app.ts'

// The pictures of docs/guides: what each role sees on a phone of 360 px.

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

const [olga, anna, elena, irina] = [5_000_001, 5_000_003, 5_000_005, 5_000_006]

/** Opens the first case of the list on the card. */
const opensFirst = async (personId: number, label: RegExp): Promise<void> => {
  const client = createClient(app.url)
  const card = (await client.state()).chats[personId]?.messages.findLast(
    ({ inlineKeyboard }) => inlineKeyboard.length > 0,
  )
  const button = card?.inlineKeyboard.flat().find(({ text }) => label.test(text))
  expect(button?.data).toBeDefined()
  await client.tap(personId, card?.id ?? 0, button?.data ?? '')
  await client.idle()
}

test('a specialist: the menu, and a request that was taken', async () => {
  await plays(app, anna, [{ words: '/menu' }])
  await looks(open, app, {
    personId: anna,
    owner: 'Анна',
    says: /Новые обращения приходят сюда сами/,
    name: 'guide-intake',
  })
  await plays(app, olga, [{ words: '/start' }, { words: 'долги, муж пьёт, стыдно просить' }])
  await plays(app, olga, ['Передать центру сейчас', 'Даю согласие', 'Ленинский район', 'Да', 'Да, прошу'])
  await plays(app, anna, ['Взять', { words: '/mine' }])
  await opensFirst(anna, /^\S* ?20\d\d-/)
  await looks(open, app, {
    ...{ personId: anna, owner: 'Анна', name: 'guide-request' },
    says: /Взято вами/,
    height: 1_100,
  })
}, 180_000)

test('a curator: the menu, the families, one of them', async () => {
  await plays(app, irina, [{ words: '/menu' }])
  await looks(open, app, {
    personId: irina,
    owner: 'Ирина',
    says: /Сообщения семей приходят сюда/,
    name: 'guide-curator',
  })
  await plays(app, irina, [{ words: '/mine' }])
  await looks(open, app, { personId: irina, owner: 'Ирина', says: /№ 1/, name: 'guide-families' })
  await opensFirst(irina, /^Семья № 1/)
  await looks(open, app, {
    ...{ personId: irina, owner: 'Ирина', name: 'guide-family' },
    says: /Куратор: Ирина/,
    height: 800,
  })
}, 180_000)

test('a supervisor: the menu', async () => {
  await plays(app, elena, [{ words: '/menu' }])
  await looks(open, app, {
    personId: elena,
    owner: 'Елена',
    says: /не взяли или не сделали вовремя/,
    name: 'guide-supervisor',
  })
}, 120_000)
