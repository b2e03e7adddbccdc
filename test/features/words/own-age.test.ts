import { expect, test } from 'vitest'
import { ownAge, saysUnderEighteen } from '#features/words/own-age.ts'

test.each([
  'мне 13',
  'Мне 13 лет, мама пьёт',
  'помогите. мне четырнадцать',
  'мне скоро 17, можно сюда?',
  'я учусь в 7 классе',
  "i'm 12, my dad hits me",
  'I am 15 years old',
  'мне всего 9(',
  'мне 13 мне страшно',
  'помогите мне 12 папа пьяный стучит в дверь',
  'мне 11 и мне не дают телефон',
  'мне 12 никто не верит',
  'мне 13 и он ложится ко мне',
])('«%s» says it', (words) => expect(saysUnderEighteen(words)).toBe(true))

test.each([
  'мне 38',
  'мне 18',
  'мне было 13, когда он ушёл',
  'мне 13 лет назад делали операцию',
  'мне 15 раз звонили',
  'сыну 13 лет',
  'сын говорит «мне 13»',
  'мне 1300 не хватает',
  'мама меня бьёт',
  'мне 10 минут идти',
  'мне 15 маминых подруг звонили',
  'i am 130 km away',
  'мне 15 минут ехать',
])('«%s» does not', (words) => expect(saysUnderEighteen(words)).toBe(false))

test.each([
  ['мне 13 мне страшно', 13],
  ['помогите. мне четырнадцать', 14],
  ['мне 7 я одна дома', 7],
  ['13 лет мне', 13],
  ['я девочка 12 лет', 12],
  ['im 12 my dad hits me', 12],
  ['мне 38', null],
  ['я учусь в 7 классе', null],
])('«%s»: the age that they say is %s', (words, age) => expect(ownAge(words)).toBe(age))
