import { describe, expect, test } from 'vitest'
import { type HeavyTopic, heavyTopicIn } from '#features/words/heavy-topics.ts'

const said: Record<HeavyTopic, string[]> = {
  grief: ['мама умерла', 'похоронили папу', 'мужа не стало в марте', 'погиб брат', 'my mom died'],
  'children-taken': ['у меня забрали детей', 'лишили родительских прав', 'they took my kids away'],
  'afraid-taken': [
    'боюсь что заберут детей',
    'вы заберёте моих детей?',
    'вдруг лишат прав',
    'заберете ребенка?',
  ],
  illness: ['у сына аутизм', 'маме поставили диагноз рак', 'муж после инсульта, мне тяжело'],
  bullied: ['меня обзывают в классе', 'сына травят в школе', 'I am bullied'],
  parting: ['муж ушёл к другой', 'мы разводимся', 'родители разводятся', 'dad left us'],
  debts: ['долги мужа нет стыдно просить', 'нечем платить за квартиру', 'денег нет совсем'],
  alone: ['одна с двумя детьми', 'воспитываю одна', 'I am a single mom'],
  lonely: ['у меня нет друзей', 'никто меня не любит', 'мне одиноко', 'nobody understands me'],
  exhausted: ['очень устала от всего', 'нет сил больше', 'я не справляюсь', 'I am so tired I cannot cope'],
  ashamed: ['стыдно писать', 'мне очень стыдно', 'I am ashamed'],
  anybody: ['есть кто живой?', 'вы бот?', 'тут люди есть', 'кто это читает', 'is anybody there?'],
}

const everyday = [
  'муж ушёл на работу',
  'ребёнка забрали из садика',
  'здравствуйте, когда придёт куратор?',
  'дед мороз придёт?',
  'телефон умер',
  'можно перенести встречу на среду',
  'мама ушла в магазин',
  'знак зодиака рак',
  'папа купил кредитную карту',
  'устал ждать ответа',
  'меня забрали из школы пораньше',
  'кто придёт во вторник?',
  'потеряла телефон',
  'не стыдно',
  'why do you ask',
]

describe('something hard to say', () => {
  test.each(Object.entries(said))('is known as %s', (topic, texts) => {
    expect(texts.map((text) => `${text}: ${heavyTopicIn(text)}`)).toEqual(
      texts.map((text) => `${text}: ${topic}`),
    )
  })

  test('everyday words are not', () => {
    expect(everyday.filter((text) => heavyTopicIn(text) !== null)).toEqual([])
  })
})
