import { describe, expect, test } from 'vitest'
import { openContent } from '#features/requests/request-content.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { createSealer } from '#storage/seal.ts'
import { openWorld, testKeys } from '#test/support/world.ts'

const at = '2026-11-24T09:00:00Z'

const contentOf = async (world: Awaited<ReturnType<typeof openWorld>>) => {
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  const request = await findRequest(world.database, id)
  return request && openContent(createSealer(testKeys), request)
}

test('«мне 13…», then one tap in danger: nobody asks who writes; the age, the words and the place go along', async () => {
  const world = await openWorld({ at })
  await world.staff('Анна', ['leninsky'], 'intake')
  const dasha = world.person()
  await dasha.play([
    ['/start', 'home'],
    [{ words: 'мне 13 мне страшно он опять пьяный, мы в Ставрополе, ленинский район' }, 'heard'],
    ['Передать центру сейчас', 'question.personalData'],
  ])
  expect(dasha.text()).toMatch(/^Понятно: тебе меньше 18\. Если нет, нажми «‹ Назад»/)
  await dasha.play([
    ['Да, разрешаю', /Верно: Ставрополь, Ленинский район\?/],
    ['Да, верно', 'question.safeToWrite'],
    ['Да, можно писать', 'question.supportRequest'],
    ['Да, хочу помощи', /Принято/],
  ])
  expect(await contentOf(world)).toMatchObject({ ownWords: expect.stringMatching(/^мне 13/) })
})

test('what was understood wrongly is put right with «‹ Назад», and asked from there', async () => {
  const world = await openWorld({ at })
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    [{ words: 'муж бьёт нас с сыном' }, 'heard'],
    ['Передать центру сейчас', 'question.personalData'],
    ['‹ Назад', 'question.applicant'],
    ['Пишу о другой семье', 'question.personalData'],
    ['Даю согласие', 'question.territory'],
  ])
})

test('the long way shows back children, phone and name, and never asks them anew', async () => {
  const world = await openWorld({ at })
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    [
      {
        words:
          'Меня зовут Лена. У меня двое детей, 5 и 8 лет. Денег нет. Живём в Ставрополе, Ленинский район. Мой телефон 8 928 123-45-67',
      },
      'hand-over',
    ],
    ['Да, передать', /^Понятно: вы родитель/],
    ['Даю согласие', 'question.danger'],
    ['Нет', /Верно: Ставрополь, Ленинский район/],
    ['Да, верно', 'question.circumstances'],
    ['Остальное потом', 'question.safeContact'],
    ['Писать и звонить', /Верно: \+7 928 123-45-67/],
  ])
  const other = world.person()
  await other.play([
    ['/start', 'home'],
    [{ words: 'Меня зовут Лена. У меня двое детей, 5 и 8 лет. Денег нет' }, 'hand-over'],
    ['Да, передать', /^Понятно: вы родитель/],
    ['Даю согласие', 'question.danger'],
    ['Нет', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.circumstances'],
    ['Не знаю, как назвать', 'question.helpKinds'],
    ['Пока не знаю', /Верно: 5 лет, 8 лет \(2021, 2018 годы рождения\)\?/],
    ['Да, верно', 'question.safeContact'],
    ['Только писать сюда', /Как к вам обращаться[\s\S]*Верно: Лена\?/],
    ['Да, верно', 'question.supportRequest'],
  ])
})

test('a teenager on the long way is asked the day of birth only; the age is known', async () => {
  const world = await openWorld({ at })
  const dasha = world.person()
  await dasha.play([
    ['/start', 'home'],
    [{ words: 'мне 13, не с кем поговорить' }, 'hand-over'],
    ['Да, передать', /Возраст уже знаем\. Остались день и месяц/],
    [{ words: '5 мая' }, /Верно: 5 мая 2013/],
    ['Да, верно', 'question.personalData'],
  ])
})

describe('who answers «Кто пишет?» in words is understood', () => {
  test.each([
    ['мне 13', 'question.birthDate'],
    ['я мама', 'question.personalData'],
    ['мама', 'question.personalData'],
    ['соседка', 'question.personalData'],
    ['опекун', 'question.representative'],
    ['соседи кричат на ребёнка каждую ночь', /Понятно: вы пишете о другой семье/],
    ['я мама троих детей, долги', /Понятно: вы родитель/],
  ] as const)('%s', async (words, shown) => {
    const world = await openWorld({ at })
    await world.person().play([
      ['/start', 'home'],
      ['Попросить о помощи', 'question.applicant'],
      [{ words }, shown],
    ])
  })

  test('and what was told with it is the story, while a bare answer is none', async () => {
    const world = await openWorld({ at })
    await world.person().play([
      ['/start', 'home'],
      ['Попросить о помощи', 'question.applicant'],
      [{ words: 'я мама троих детей, долги' }, 'question.personalData'],
      ['Даю согласие', 'question.danger'],
    ])
    await world.person().play([
      ['/start', 'home'],
      ['Попросить о помощи', 'question.applicant'],
      [{ words: 'мама' }, 'question.personalData'],
      ['Даю согласие', 'question.ownWords'],
    ])
  })
})

test('in English, too', async () => {
  const world = await openWorld({ at })
  const mary = world.person({ languageCode: 'en' })
  await mary.play([
    ['/start', 'home'],
    [{ words: 'I am 13, my stepfather hits me' }, 'heard'],
    ['Tell the centre now', /^I see: you are under 18/],
  ])
})

test('a child under ten who says so calls an adult, and what they wrote goes along', async () => {
  const world = await openWorld({ at })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const misha = world.person({ firstName: 'Миша' })
  await misha.play([
    ['/start', 'home'],
    [{ words: 'мне 7 мне страшно папа дерётся' }, 'heard'],
    ['Позвать взрослого', /прочитает твои слова/],
    [{ words: 'скорее' }, 'heard'],
    ['Дальше', /прочитает твои слова/],
    ['Позвать взрослого', 'under-ten-called'],
  ])
  await expect.poll(() => anna.text()).toMatch(/Ребёнок младше десяти/)
  expect(await contentOf(world)).toMatchObject({ ownWords: 'мне 7 мне страшно папа дерётся\nскорее' })
})
