import { expect, test } from 'vitest'
import { readMayWrite } from '#features/intake/typed/typed-yes-or-no.ts'

test.each([
  ['да', 'yes', false],
  ['да, можно', 'yes', false],
  ['можно писать сюда', 'yes', false],
  ['пишите', 'yes', false],
  ['нет', 'no', false],
  ['нет не пишите', 'no', true],
  ['лучше не пиши, мама читает телефон', 'no', true],
  ['не надо', 'no', true],
  ['небезопасно', 'no', true],
  ['please dont write', 'no', true],
] as const)('«%s» to whether writing is safe: %s', (text, answer, more) =>
  expect(readMayWrite(text)).toEqual({ answer, more }),
)

test.each([
  'муж читает мой телефон',
  'не знаю',
  'можно мне позвонить вечером',
  'пишу с работы',
  'он сказал чтобы я никому не писала про это а я всё равно пишу потому что больше не могу так жить и терпеть',
])('«%s» leaves it to be answered', (text) => expect(readMayWrite(text)).toBeNull())
