import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#sandbox/talk/client.ts'
import { openCentreSystem } from './centre-system.ts'
import { browserForTests } from './open-page.ts'
import * as pictured from './pictured-phone.ts'
import { type RunningApp, runApp } from './running-app.ts'

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

type Step = Parameters<typeof pictured.plays>[2][number]
const plays = (personId: number, steps: readonly Step[]) => pictured.plays(app, personId, steps)
const looks = (personId: number, owner: string, says: RegExp, name: string, height?: number) =>
  pictured.looks(open, app, { personId, owner, says, name, ...(height !== undefined && { height }) })

const olga = 5_000_001
const dasha = 5_000_002
const anna = 5_000_003
const marina = 5_000_004

const shortWay = [
  'Передать центру сейчас',
  'Мне меньше 18 лет',
  'Да, разрешаю',
  'Ленинский район',
  'Да',
  'Да, хочу помощи',
]

test('a girl cries out, is heard in a few taps, and reads who will read it', async () => {
  await plays(dasha, [{ words: '/start' }, { words: 'отчим бьёт меня' }])
  await looks(dasha, 'Даша', /112/, 'moment-cry')
  await plays(dasha, shortWay)
  await looks(dasha, 'Даша', /Принято/, 'moment-sent', 1_400)
}, 120_000)

test('a specialist writes, and the girl answers in plain words', async () => {
  await plays(marina, ['Взять', 'Написать', { words: 'Я здесь, пиши.' }])
  await plays(dasha, ['Посмотреть', { words: 'я у соседки, он не знает где я' }])
  await looks(dasha, 'Даша', /✓ Отправлено\. Прочитает Марина/, 'moment-answer')
}, 120_000)

test('the withdrawal of an urgent request does not end the care', async () => {
  await plays(dasha, [{ words: '/status' }, 'Отозвать'])
  await looks(dasha, 'Даша', /центр должен проверить, все ли в безопасности/, 'moment-withdrawn')
}, 120_000)

test('a child under ten calls an adult', async () => {
  const phone = '+79001119988'
  const misha = await createClient(app.url).addPerson({ firstName: 'Миша', languageCode: 'ru', phone })
  await plays(misha.id, [{ words: '/start' }, 'Попросить о помощи', 'Мне меньше 18 лет'])
  await plays(misha.id, [{ words: '12.03.2019' }, 'Да'])
  await looks(misha.id, 'Миша', /Звони 112/, 'moment-under-ten')
}, 120_000)

test('a mother reads what others fear, is asked what happened, and is heard', async () => {
  await plays(olga, [{ words: '/start' }, 'Чего боятся'])
  await looks(olga, 'Ольга', /Чего боятся чаще всего/, 'moment-fears')
  await plays(olga, [{ words: '/menu' }, 'Попросить о помощи', 'Родитель', 'Даю согласие'])
  await looks(olga, 'Ольга', /Что случилось/, 'moment-tell')
  await plays(olga, [{ words: 'Муж пьёт, денег нет, в холодильнике пусто. Я очень устала.' }, 'Дальше'])
  await looks(olga, 'Ольга', /Шаг/, 'moment-heavy')
}, 120_000)

test('a neighbour learns that it was read, and nothing of the family', async () => {
  const phone = '+79001119977'
  const igor = await createClient(app.url).addPerson({ firstName: 'Игорь', languageCode: 'ru', phone })
  await plays(igor.id, [{ words: '/start' }, 'Попросить о помощи', 'Пишу о другой семье', 'Даю согласие'])
  await plays(igor.id, [{ words: 'Мальчик гуляет зимой без куртки.' }, 'Нет', 'Ленинский район'])
  await plays(igor.id, [{ words: 'Лесная, 5' }, 'Сегодня', 'Не знаю', 'Никак', 'Без имени', 'Нет, не'])
  await plays(igor.id, ['Отправить'])
  const readers = async () => {
    const { chats } = await createClient(app.url).state()
    const offers = (id: number) => chats[id]?.messages.at(-1)?.inlineKeyboard.flat() ?? []
    return [anna, marina].filter((id) => offers(id).some(({ text }) => text === 'Взять'))
  }
  await expect.poll(readers).not.toEqual([])
  await plays((await readers())[0] ?? marina, ['Взять'])
  await plays(igor.id, [{ words: '/status' }])
  await looks(igor.id, 'Игорь', /прочитал/i, 'moment-neighbour')
}, 120_000)

test('nobody has answered by the hour that was said: that is owned', async () => {
  const phone = '+79001119966'
  const client = createClient(app.url)
  const vera = await client.addPerson({ firstName: 'Вера', languageCode: 'ru', phone })
  await plays(vera.id, [{ words: '/start' }, { words: 'муж пьёт, денег нет' }, 'Передать центру сейчас'])
  await plays(vera.id, ['Даю согласие', 'Ленинский район', 'Да', 'Да, прошу'])
  await client.moveClock({ minutes: 24 * 60 })
  await client.idle()
  await plays(vera.id, [{ words: '/status' }])
  await looks(vera.id, 'Вера', /опаздываем|задержка/i, 'moment-late', 1_200)
}, 180_000)

test('the centre refuses: who decided, why, where to go, and how to disagree', async () => {
  const phone = '+79001119955'
  const client = createClient(app.url)
  const tamara = await client.addPerson({ firstName: 'Тамара', languageCode: 'ru', phone })
  await plays(tamara.id, [{ words: '/start' }, { words: 'муж пьёт, денег нет' }, 'Передать центру сейчас'])
  await plays(tamara.id, ['Даю согласие', 'Ленинский район', 'Да', 'Да, прошу'])
  const numberIn = /20\d\d-\d{6}/
  const chatOf = async (id: number) => (await client.state()).chats[id]?.messages ?? []
  const numberOf = async () =>
    (await chatOf(tamara.id)).flatMap(({ text }) => numberIn.exec(text)?.[0] ?? []).at(-1) ?? ''
  await expect.poll(numberOf).toMatch(numberIn)
  const number = await numberOf()
  const cardOf = async (reader: number) => {
    const cards = (await chatOf(reader)).filter(({ text }) => text.includes(number))
    const taking = cards.flatMap(({ id, inlineKeyboard }) =>
      inlineKeyboard
        .flat()
        .flatMap(({ text, data: take }) => (text === 'Взять' && take ? [{ reader, id, take }] : [])),
    )
    return taking.at(-1) ?? null
  }
  const cards = async () => (await Promise.all([anna, marina].map(cardOf))).filter((one) => one !== null)
  // A job brings it.
  await expect.poll(cards).not.toEqual([])
  for (const { reader, id, take } of await cards()) {
    await client.tap(reader, id, take)
    await client.idle()
  }
  const system = await openCentreSystem(app)
  await system.refuse(await system.idOf(number), {
    reason: 'Центр не выдаёт деньги и продукты: это делает соцзащита.',
    instead: 'Управление соцзащиты, ул. Лермонтова, 181, окно 3. Нужны паспорт и свидетельства о рождении.',
  })
  await plays(tamara.id, [{ words: '/status' }])
  await looks(tamara.id, 'Тамара', /соцзащит/, 'moment-refused', 1_400)
}, 180_000)
