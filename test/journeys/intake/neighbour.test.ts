import { expect, test } from 'vitest'
import { openWorld } from '#test/support/world.ts'

const begins = [
  ['/start', 'home'],
  ['Попросить о помощи', 'question.applicant'],
  ['Пишу о другой семье', 'question.personalData'],
  ['Даю согласие', /Что вы видели или слышали/],
] as const

test('a neighbour is asked which family, where, what and when; and reads what happens with it', async () => {
  const world = await openWorld()
  const nina = world.person({ firstName: 'Нина' })
  await nina.play([
    ...begins,
    [{ words: 'Мальчик гуляет зимой без куртки.' }, /^Спасибо, что не прошли мимо/],
    ['Нет', /Где живёт та семья/],
    ['Ставрополь, Ленинский район', 'question.whichFamily'],
    [{ words: '…' }, /Напишите буквами или цифрами/],
    [{ words: 'Лесная, 5' }, 'question.seenWhen'],
    ['На этой неделе', /Что там происходит/],
    ['Не знаю, как назвать', 'question.safeContact'],
    ['Никак, зайду позже', 'question.name'],
  ])
  expect(nina.text()).toMatch(/Семье бот вас не показывает/)
  await nina.play([
    ['Без имени', 'question.mayName'],
    ['Нет, не называйте', 'summary'],
  ])
  expect(nina.text()).toMatch(
    /прочитают специалисты центра[\s\S]*решит сама семья[\s\S]*обязан сообщить[\s\S]*Рассказать вам о ней мы не сможем/,
  )
  expect(nina.allText()).not.toMatch(/сопровождени|Просите ли вы|другим организациям/)
  await nina.play([
    ['Изменить ответ', 'change'],
    ['Какая семья', 'question.whichFamily'],
    [{ words: 'Лесная, 7' }, /Какая семья: Лесная, 7/],
    ['Отправить', 'status'],
  ])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({
    applicant: 'other-person',
    kind: 'message',
    dataSharing: false,
    helpKinds: [],
  })
})

test('a neighbour in a hurry: the short way is sent with its last answer', async () => {
  const world = await openWorld()
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const nina = world.person({ firstName: 'Нина' })
  await nina.play([
    ...begins,
    [{ words: 'За стеной отец избивает ребёнка' }, 'heard'],
    ['Передать центру сейчас', /Где живёт та семья/],
    ['Ставрополь, Ленинский район', 'question.safeToWrite'],
    ['Да, можно писать', /Принято\. Спасибо, что не прошли мимо/],
  ])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ urgent: true })
  expect(await world.database.prisma.consent.count()).toBe(1)
  await expect.poll(() => anna.text()).toMatch(/Срочно/)
})
