import { expect, test } from 'vitest'
import type { Chat, Deed } from '#test/support/chat.ts'
import { done, parentAnswers, minorAnswers, type Steps, upTo } from '#test/support/intake.ts'
import { calm, type Shown, secondsOf, wordsAnew } from '#test/support/pace.ts'
import { openWorld } from '#test/support/world.ts'

/** «Вопросы займут около пяти минут», for whoever tells it, by the model of test/support/pace.ts. */
const said = 5

type Effort = { taps: number; typed: number; minutes: number }

/** Plays the steps and counts: what is new on a card is read, what stood on the one before is not. */
const effortOf = async (name: string, chat: Chat, steps: Steps): Promise<Effort> => {
  let [taps, typed, words, letters] = [0, 0, 0, 0]
  let before: Shown | null = null
  for (const step of steps) {
    const [deed] = step
    if (typeof deed === 'object') {
      typed += 1
      letters += deed.words.length
    } else if (deed !== '/start') taps += tapsOf(deed)
    await chat.play([step])
    const labels = chat.buttons(chat.card()).map(({ text }) => text)
    const shown: Shown = { text: chat.text(), entities: [], labels }
    words += wordsAnew(shown, before)
    before = shown
  }
  const minutes = secondsOf({ words, taps, letters }, calm) / 60
  process.stdout.write(`intake, ${name}: ${taps} taps, ${typed} typed, ${minutes.toFixed(1)} min\n`)
  return { taps, typed, minutes }
}

/** Choosing in a topic is two taps. */
const tapsOf = (deed: Deed): number =>
  typeof deed === 'function' && deed !== done && deed.name === 'two' ? 2 : 1

const chosen = (topic: string, label: string): Deed => {
  const two = async (chat: Chat) => {
    await chat.tap(`${topic} ›`)
    await chat.tap(label)
  }
  return two
}

const begins = (who: string): Steps => [
  ['/start', 'home'],
  ['Попросить о помощи', 'question.applicant'],
  [who, /./],
]

test('a parent, the shortest way: at most twelve taps and nothing typed', async () => {
  const world = await openWorld()
  const { taps, typed } = await effortOf('parent, shortest', world.person(), [
    ...begins('Родитель'),
    ['Даю согласие', 'question.ownWords'],
    ['Пропустить', 'question.danger'],
    ['Нет', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.circumstances'],
    ['Остальное потом', 'question.safeContact'],
    ['Только писать сюда', 'question.supportRequest'],
    ['Да, прошу о помощи', 'question.dataSharing'],
    ['Да, можно', 'summary'],
    ['Отправить', /Обращение 2026-000001/],
  ])
  expect(taps).toBeLessThanOrEqual(12)
  expect(typed).toBe(0)
})

test('a parent, a real case: at most eighteen taps, in words as by the list, and as many minutes as the bot says', async () => {
  const world = await openWorld()
  const olga = world.person()
  await olga.play([['/start', 'home']])
  expect(olga.text()).toMatch(/Вопросы займут около пяти минут/)
  const inWords = await effortOf('parent, in words', olga, [...parentAnswers(), ['Отправить', 'status']])
  const byList = await effortOf('parent, by the list', world.person(), [
    ...upTo(parentAnswers(), 'question.ownWords'),
    ['Выбрать из списка', 'question.circumstances'],
    [chosen('Родителям трудно', 'Не справиться с ребёнком'), /Отмечено/],
    [done, 'question.danger'],
    ['Нет', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.helpKinds'],
    ['Помощь психолога', /Отмечено/],
    [done, 'question.children'],
    [{ words: '2014, 2018' }, 'question.safeContact'],
    ['Писать и звонить', 'question.name'],
    [{ words: 'Ольга' }, 'question.phone'],
    [(chat) => chat.shareContact(), 'question.hours'],
    ['С 15 до 18', 'question.supportRequest'],
    ['Да, прошу о помощи', 'question.dataSharing'],
    ['Да, можно', 'summary'],
    ['Отправить', 'status'],
  ])
  for (const { taps, minutes } of [inWords, byList]) {
    expect(taps).toBeLessThanOrEqual(18)
    expect(Math.abs(minutes - said)).toBeLessThan(1)
  }
})

test('a teenager: at most fourteen taps, in words as by the list', async () => {
  const world = await openWorld()
  const inWords = await effortOf('teenager, in words', world.person(), [
    ...upTo(minorAnswers('Да, можно'), 'question.ownWords'),
    [{ words: 'в классе меня травят, не хочу в школу' }, 'question.danger'],
    ['Не знаю', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.circumstances'],
    ['Мне трудно среди людей', /Отмечено/],
    [done, 'question.safeContact'],
    ...minorAnswers('Да, можно').slice(-5),
    ['Отправить', 'status'],
  ])
  const byList = await effortOf('teenager, by the list', world.person(), [
    ...upTo(minorAnswers('Да, можно'), 'question.ownWords'),
    ['Выбрать из списка', 'question.circumstances'],
    [chosen('Про меня', 'Мне трудно среди людей'), /Отмечено/],
    [done, 'question.danger'],
    ['Не знаю', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeContact'],
    ...minorAnswers('Да, можно').slice(-5),
    ['Отправить', 'status'],
  ])
  for (const { taps, minutes } of [inWords, byList]) {
    expect(taps).toBeLessThanOrEqual(14)
    expect(Math.abs(minutes - said)).toBeLessThan(1)
  }
})

test('a neighbour: about as many minutes as the bot says', async () => {
  const world = await openWorld()
  const { minutes } = await effortOf('neighbour', world.person(), [
    ...begins('Пишу о другой семье'),
    ['Даю согласие', /Что вы видели или слышали/],
    [{ words: 'Мальчик гуляет зимой без куртки, дома всё время кричат.' }, /^Спасибо, что не прошли мимо/],
    ['Нет', /Где живёт та семья/],
    ['Ставрополь, Ленинский район', 'question.whichFamily'],
    [{ words: 'Лесная, 5, второй подъезд' }, 'question.seenWhen'],
    ['На этой неделе', /Что там происходит/],
    ['Не знаю, как назвать', 'question.safeContact'],
    ['Никак, зайду позже', 'question.name'],
    ['Без имени', 'question.mayName'],
    ['Нет, не называйте', 'summary'],
    ['Отправить', 'status'],
  ])
  expect(Math.abs(minutes - said)).toBeLessThan(1)
})
