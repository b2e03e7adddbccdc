import { expect, test } from 'vitest'
import { adultSubmits, parentAnswers } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

test('a guardian states the kind of guardianship, and the specialist reads it', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const maria = world.person({ firstName: 'Мария' })
  await maria.play([
    ['/start', 'home'],
    ['Попросить о помощи', 'question.applicant'],
    ['Законный представитель', 'question.representative'],
    ['Опека (ребёнку нет 14)', 'question.personalData'],
    ...parentAnswers().slice(3),
    ...adultSubmits,
  ])
  expect(maria.text()).toMatch(/Обращение 2026-000001/)
  expect(await world.database.prisma.request.findFirst()).toMatchObject({
    applicant: 'representative',
    kind: 'application',
    representativeConsent: 'not-needed',
    dataSharing: true,
  })

  await expect.poll(() => anna.text()).toMatch(/Заявление 2026-000001/)
  expect(anna.text()).toMatch(/Обращается: законный представитель/i)
  expect(anna.text()).not.toMatch(/Согласие законного представителя/)
  await anna.tap('Ответы')
  expect(anna.text()).toMatch(/Основание: Опека/)
})

const neighbour = (place: string) =>
  [
    ['/start', 'home'],
    ['Попросить о помощи', 'question.applicant'],
    ['Пишу о другой семье', 'question.personalData'],
    ['Даю согласие', 'question.ownWords'],
    [{ words: 'У соседей каждый вечер плачет ребёнок.' }, /не прошли мимо/],
    ['Да, сейчас', 'danger'],
    ['Продолжить', 'question.territory'],
    [place, /./],
  ] as const

test('a person worried about another family leaves a message, and is not asked about children', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['shpakovsky'])
  const nina = world.person({ firstName: 'Нина' })
  await nina.play([
    ...neighbour('Другое место'),
    [{ words: 'хутор Вольный' }, 'question.whichFamily'],
    [{ words: 'Лесная, 5, второй этаж' }, 'question.seenWhen'],
    ['Повторяется', 'question.circumstances'],
    ['Не знаю, как назвать', 'question.safeContact'],
    ['Только писать сюда', 'question.name'],
    [{ words: 'Нина' }, 'question.mayName'],
    ['Нет, не называйте', 'summary'],
    ...adultSubmits,
  ])
  expect(nina.text()).toMatch(/Обращение 2026-000001/)
  expect(nina.allText()).not.toMatch(/социальное сопровождение|Просите ли вы/)
  const consents = await world.database.prisma.consent.findMany()
  expect(consents.map(({ kind }) => kind)).toEqual(['personal-data'])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({
    applicant: 'other-person',
    kind: 'message',
    territory: 'other',
    urgent: true,
    representativeConsent: 'not-needed',
  })
  // Nobody serves «another place», so it reaches everybody.
  await expect.poll(() => anna.text()).toMatch(/Сообщение 2026-000001/)
  expect(anna.text()).toMatch(/Срочно/)
  expect(anna.text()).not.toMatch(/хутор|плачет|Нина|Лесная/)
  await anna.play([['Взять', /./]])
  await anna.tap('Ответы')
  expect(anna.text()).toMatch(/Какая семья: Лесная, 5, второй этаж\nКогда это было: Повторяется/)
  await anna.byHand(`-.contact.${(await world.database.prisma.request.findFirstOrThrow()).id}`)
  expect(anna.allText()).toMatch(/Семье не называть, кто написал/)
})

test('if the region takes no messages about others, that answer is neither offered nor accepted', async () => {
  const world = await openWorld({ at: tuesday, region: 'nyagan' })
  const nina = world.person({ firstName: 'Нина' })
  await nina.play([
    ['/start', 'home'],
    ['Попросить о помощи', 'question.applicant'],
  ])
  const offered = nina.buttons(nina.card()).map(({ text }) => text)
  expect(offered).toContain('Родитель')
  expect(offered).not.toContain('Пишу о другой семье')
  await nina.byHand(nina.dataOf('Родитель').replace('parent', 'other-person'))
  nina.sees('question.applicant')
})

test('a parent who turns out to be a minor consents again, in the words for minors, and loses no answer', async () => {
  const world = await openWorld({ at: tuesday })
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([
    ...parentAnswers(),
    ['Изменить ответ', 'change'],
    ['Кто обращается', 'question.applicant'],
    ['Мне меньше 18 лет', 'question.birthDate'],
    [{ words: '12.03.2012' }, 'question.personalData'],
    ['Да, разрешаю', 'question.parents'],
    ['Решим вместе позже', 'question.supportRequest'],
    ['Да, хочу помощи', 'question.dataSharing'],
    ['Нет, не передавать', 'summary'],
  ])
  expect(dasha.text()).toMatch(/Проверь ответы/)
  expect(dasha.text()).toMatch(/Сын не выходит из комнаты/)
  expect(dasha.text()).not.toMatch(/Дети:/)
  await dasha.play([['Отправить', 'status']])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({
    applicant: 'minor',
    kind: 'message',
    representativeConsent: 'needed',
    dataSharing: false,
  })
  expect(await world.database.prisma.person.findFirst()).toMatchObject({ address: 'minor' })
})
