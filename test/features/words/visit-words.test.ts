import fc from 'fast-check'
import { expect, test } from 'vitest'
import { namesTime, visitWordsIn } from '#features/words/visit-words.ts'

const meant = (text: string) => visitWordsIn(text)?.meant ?? null

test.each(
  [
    'приду, да, ок, Ок!, ОК., ага, да приду, Да. Ждём вас, 👍, хорошо 👌, подтверждаю, мы будем',
    'конечно, всё в силе, согласна, спасибо да, yes, ok, We will be there',
  ]
    .join(', ')
    .split(', ')
    .concat('ок, спасибо', 'Да, приду!', 'yes, thank you'),
)('«%s» confirms', (text) => expect(meant(text)).toBe('confirmed'))

test.each([
  ...[
    'другое время',
    'Другое время?',
    'можно в другой день',
    'можно ли в другой день?',
    'не смогу',
    'не могу',
  ],
  ...[
    'не смогу в четверг',
    'перенесите на вечер',
    'Не получится',
    'нас не будет дома',
    'мы болеем',
    'неудобно',
  ],
  ...['а можно попозже?', 'можно после 18?', 'давайте в пятницу', 'лучше вечером', 'завтра не могу'],
  ...[
    'в среду не смогу, работаю',
    'в четверг удобнее',
    'отмените пожалуйста',
    'ребёнок заболел',
    'нет, не смогу',
  ],
  ...['I can’t make it', 'can we do another day?', 'can’t on Thursday', 'we can’t', 'cancel the visit'],
])('«%s» asks for another time', (text) => expect(meant(text)).toBe('other-time'))

test.each([
  ['опоздаю на 15 минут', 15],
  ['опоздаем на полчаса', 30],
  ['задержусь на час', 60],
  ['опаздываю', null],
])('«%s» says that somebody is late', (text, minutes) =>
  expect(visitWordsIn(text)).toEqual({ meant: 'late', minutes }),
)

test.each([
  ...['спасибо', 'понятно', 'да?', 'да, а что взять с собой?', 'а кто придёт?', 'можно без звонка в дверь?'],
  ...['не приходите', 'не надо приходить', 'не могу говорить', 'не могу найти справку', 'не могу больше так'],
  ...[
    'сын не может ходить',
    'муж не даёт прийти',
    'не переносит собак',
    'вы опаздываете?',
    'и дети будут дома',
  ],
  ...['можно с собакой?', 'не хочу', 'I can’t find the paper', 'могу ли я не открывать дверь', ''],
])('«%s» is a message and no answer', (text) => expect(meant(text)).toBeNull())

test('whoever was asked for a time names one in many ways', () => {
  for (const text of [
    'в пятницу',
    'Пятница вечером',
    'после 18:00',
    '5 декабря',
    'утром',
    'on Friday',
    'выходные',
  ])
    expect(namesTime(text), text).toBe(true)
  for (const text of ['а кто придёт?', 'спасибо', 'не знаю']) expect(namesTime(text), text).toBe(false)
})

test('consent is never read out of a question, or of anything longer than consent', () => {
  const word = fc.constantFrom('да', 'ок', 'приду', 'спасибо', 'но', 'не', 'если', 'мама', 'завтра', 'боюсь')
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
      const text = words.join(' ')
      expect(meant(`${text}?`)).not.toBe('confirmed')
      if (words.some((one) => ['но', 'не', 'если', 'мама', 'боюсь'].includes(one)))
        expect(meant(text)).not.toBe('confirmed')
    }),
  )
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => void visitWordsIn(text)))
})
