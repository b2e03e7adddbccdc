import { expect, test } from 'vitest'
import { disagrees } from '#features/words/disagrees.ts'

test.each([
  'это несправедливо, помогите',
  'Нечестно!',
  'я не согласна с решением',
  'это не так',
  'вы ошиблись',
  'почему нам отказали',
  'буду жаловаться, это мой отказ?',
  'Там не отвечают',
  'они нам не помогли',
  'вам всё равно',
  'this is unfair',
  'I don’t agree',
  'they did not help',
  'nobody answers',
])('«%s» speaks against a decision', (text) => expect(disagrees(text)).toBe(true))

test.each([
  'спасибо, понятно',
  'помогите',
  'он опять меня бьёт',
  'когда можно попросить снова?',
  'не так страшно, как казалось',
  'нужна помощь с документами',
  'thank you',
  'can I ask again?',
])('«%s» does not', (text) => expect(disagrees(text)).toBe(false))
