import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import type { Chat } from '#test/support/chat.ts'
import {
  adultSubmits,
  minorAnswers,
  minorSubmits,
  parentAnswers,
  type Steps,
  upTo,
} from '#test/support/intake.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

const refused = {
  outcome: 'refused',
  decision: { reason: 'Работа уже есть в другом центре.', instead: 'Психолог по средам, без записи.' },
}
const adult: Steps = [...parentAnswers(), ...adultSubmits]
const minor: Steps = [...minorAnswers('Да, можно'), ...minorSubmits]
const outsider: Steps = [
  ...upTo(adult, 'question.applicant'),
  ['Пишу о другой семье', 'question.personalData'],
  ['Даю согласие', 'question.ownWords'],
  [{ words: 'Мальчик гуляет зимой без куртки.' }, 'question.danger'],
  ['Нет', 'question.territory'],
  ['Ставрополь, Ленинский район', 'question.whichFamily'],
  [{ words: 'Лесная, 5' }, 'question.seenWhen'],
  ['На этой неделе', 'question.circumstances'],
  ['Не знаю, как назвать', 'question.safeContact'],
  ['Только писать сюда', 'question.name'],
  ['Без имени', 'question.mayName'],
  ['Нет, не называйте', 'summary'],
  ...adultSubmits,
]

/** Submits, and staff close the request with an answer. Returns its number. */
const close = async (world: World, person: Chat, steps: Steps): Promise<string> => {
  await person.play(steps)
  const { id, number } = await world.database.prisma.request.findFirstOrThrow()
  const key = await keyOf(world)
  await key.post(`/requests/${id}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  expect(await key.post(`/requests/${id}/transition`, { to: 'closed', ...refused })).toMatchObject({
    status: 200,
  })
  return number
}

const unfair: readonly (readonly [string, Steps, string, RegExp])[] = [
  ['an adult', adult, 'это несправедливо, помогите', /Прочитают специалист и руководитель/],
  ['a minor', minor, 'помогите, вы не правы, это нечестно!', /Прочитают специалист и руководитель/],
  ['without a cry', adult, 'Там не отвечают', /Прочитают специалист и руководитель/],
]
test.each(unfair)('%s: words against the answer are an objection to it', async (_, steps, words, receipt) => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  const person = world.person()
  const number = await close(world, person, steps)
  const { prisma } = world.database
  await person.play([
    ['/menu', 'home'],
    [{ words }, receipt],
  ])
  // A call for help in them brings the numbers all the same.
  if (/помогите/.test(words)) expect(person.text()).toMatch(/112/)
  for (const chat of [anna, elena])
    await expect.poll(() => chat.allText()).toMatch(`К закрытому обращению ${number} написали`)
  expect(await prisma.request.count()).toBe(1)
  // What happens to them is another matter.
  await person.play([[{ words: 'это несправедливо, он опять бьёт меня' }, /новое срочное обращение/]])
  expect(await prisma.request.count()).toBe(2)
})

test('an objection that is about the specialist does not go to the specialist; in English', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  const person = world.person()
  const number = await close(world, person, adult)
  await person.play([
    ['/language', 'language'],
    ['English', /./],
    [{ words: 'this is unfair, the specialist shouts at me' }, /Анна does not see this/],
  ])
  await expect.poll(() => elena.allText()).toMatch(`К закрытому обращению ${number} написали`)
  await elena.tap('Своими словами')
  expect(elena.text()).toMatch(/shouts at me/)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.story.${id}`)
  expect(anna.allText()).not.toMatch(/написали|shouts/)
})

test.each([
  ['an adult', adult, 'он опять избил меня'],
  ['a minor', minor, 'папа опять бьёт меня'],
  ['an outsider', outsider, 'у соседей опять бьют ребёнка'],
] as const)(
  '%s: words of danger after the answer open a new urgent request at once',
  async (_, steps, words) => {
    const world = await openWorld({ at: '2026-11-24T19:00:00Z' })
    const anna = await world.staff('Анна', ['leninsky'], 'intake')
    const person = world.person()
    const number = await close(world, person, steps)
    const { prisma } = world.database
    await person.play([
      ['/status', 'status'],
      [{ words: 'спасибо, понятно' }, /./],
    ])
    expect(await prisma.request.count()).toBe(1)
    await person.play([
      ['/status', 'status'],
      [{ words }, /Передано как новое срочное обращение/],
    ])
    const anew = await prisma.request.findFirstOrThrow({ where: { status: 'submitted' } })
    expect(anew).toMatchObject({ urgent: true, ground: 'earlier-consent', escalateAt: expect.any(Date) })
    expect(person.text()).toContain(anew.number)
    await expect
      .poll(() => anna.allText())
      .toMatch(new RegExp(`Срочно[\\s\\S]*прежнее обращение ${number} закрыто`))
    await anna.byHand(`-.story.${anew.id}`)
    expect(anna.text()).toContain(words)
    // What follows is a note to the new one.
    await person.play([[{ words: 'он стучит в дверь' }, /Отправлено/]])
    expect(await prisma.request.count()).toBe(2)
  },
)

test('words of danger in an objection: the objection is told of, and a new urgent request is opened', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  const number = await close(world, olga, adult)
  await olga.play([
    ['/status', 'status'],
    ['Написать нам', 'objection'],
    [{ words: 'Вы не поняли: муж бьёт нас' }, /Передано как новое срочное обращение/],
  ])
  await expect.poll(() => anna.allText()).toMatch(/с решением не согласны/)
  await expect.poll(() => anna.allText()).toContain(`прежнее обращение ${number} закрыто`)
})

test('words for a note that was asked for before the request was closed are held, and the person is told', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  await close(world, olga, [...adult, ['Дописать', 'note']])
  await olga.play([[{ words: 'Можно перенести звонок' }, /Передать это специалистам/]])
})
