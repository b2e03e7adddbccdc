import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { minorAnswers, parentAnswers } from '#test/support/intake.ts'
import { openWorld, useWorld } from '#test/support/world.ts'

const shared = useWorld()

const untilStory = (steps: ReturnType<typeof parentAnswers>) =>
  steps.slice(0, steps.findIndex(([, screen]) => screen === 'question.ownWords') + 1)

test('words of danger in the story: first what to do and whom to call, then on; the words are kept', async () => {
  const world = await shared()
  const olga = world.person()
  await olga.play([
    ...untilStory(parentAnswers()),
    [{ words: 'Муж избивает меня при детях' }, /Никто не имеет права бить/],
  ])
  expect(olga.text()).toMatch(/112[\s\S]*102[\s\S]*103[\s\S]*8-800-2000-122/)
  expect(olga.text()).not.toMatch(/избивает|круглосуточно/)
  await olga.play([
    ['Дальше', 'question.danger'],
    ['Нет', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.circumstances'],
    ['Остальное потом', 'question.safeContact'],
    ['Только писать сюда', 'question.supportRequest'],
    ['Да, прошу о помощи', 'question.dataSharing'],
    ['Да, можно', /Муж избивает меня при детях/],
  ])
})

test('a minor is addressed as one, for another kind with other steps, and words under the card are kept, too', async () => {
  const world = await shared()
  const dasha = world.person()
  await dasha.play([
    ...untilStory(minorAnswers('Нет, это небезопасно')),
    [{ words: 'нехочу больше жить' }, /Хорошо, что ты пишешь об этом/],
    [{ words: 'никто не поможет, хочу умереть' }, /Хорошо, что ты пишешь об этом/],
    ['Дальше', 'question.danger'],
    ['‹ Назад', /Что случилось/],
  ])
  expect(dasha.allText()).not.toMatch(/круглосуточно/)
})

test('every screen that takes words has the same ear: a name, a date, the menu, an English note', async () => {
  const world = await shared()
  const dasha = world.person()
  await dasha.play([
    ['/start', 'home'],
    [{ words: 'папа меня бьёт' }, 'heard'],
    ['Дальше', 'hand-over'],
    ['/menu', 'home'],
    ['Попросить о помощи', 'question.applicant'],
    ['Мне меньше 18 лет', 'question.birthDate'],
    [{ words: 'боюсь идти домой' }, /Если дома страшно/],
    ['Дальше', 'question.birthDate'],
  ])
  const mary = world.person({ languageCode: 'en' })
  await mary.play([
    ['/start', 'home'],
    [{ words: 'my husband beats me' }, /Nobody has the right to hit or threaten anyone/],
    ['Next', 'hand-over'],
  ])
  const ivan = world.person()
  await ivan.play([
    ['/start', 'home'],
    [{ words: 'какие документы нужны для пособия' }, 'hand-over'],
  ])
})

test('a centre switches a built-in entry off and on, and its own words are heard beside it', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const { entries } = (await key.get('/danger-entries')).body as { entries: { id: string; on: boolean }[] }
  expect(entries.length).toBeGreaterThan(80)
  expect(entries.every(({ on }) => on)).toBe(true)
  const ivan = world.person()
  await ivan.play([
    ['/start', 'home'],
    [{ words: 'спасите' }, 'heard'],
  ])
  const put = (off: readonly string[]) => key.call('PUT', '/danger-entries', { body: { off } })
  const left = (await put(['call.sos'])).body as { entries: typeof entries }
  expect(left.entries.filter(({ on }) => !on).map(({ id }) => id)).toEqual(['call.sos'])
  await ivan.play([[{ words: 'спасите' }, 'hand-over']])
  await key.call('PUT', '/alarming-words', { body: { words: ['белая сова'] } })
  await ivan.play([[{ words: 'белая сова' }, 'heard']])
  await put([])
  await ivan.play([
    ['Дальше', 'hand-over'],
    [{ words: 'спасите' }, 'heard'],
  ])
  expect(await put(['call.nothing'])).toMatchObject({ status: 422 })
})

test.each([
  'муж бьёт меня',
  'не хочу жить',
  'дядя трогает меня',
  'негде ночевать с ребёнком',
  'детям нечего есть',
  'папа пьяный и орёт',
  'дочь пропала, телефон выключен',
])('«%s»: a number stands once on the card', async (words) => {
  const world = await shared()
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    [{ words }, 'heard'],
  ])
  for (const number of [/\b112\b/g, /\b102\b/g, /\b103\b/g])
    expect(olga.text().match(number)?.length ?? 0).toBeLessThanOrEqual(1)
  expect(olga.text()).toMatch(/\b112\b/)
})

test('whoever confesses a blow of their own reads what to do with their hands, and is not told off', async () => {
  const world = await shared()
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    [{ words: 'ору на них. вчера шлёпнула младшего' }, /Сказать об этом – уже защита для ребёнка/],
  ])
  expect(olga.text()).not.toMatch(/Никто не имеет права/)
})

test('somebody who does not wake needs an ambulance, whoever writes it', async () => {
  const world = await shared()
  const masha = world.person()
  await masha.play([
    ['/start', 'home'],
    [{ words: 'мне 8 лет мама спит и не просыпается' }, /^Звони 103 или 112 прямо сейчас/],
  ])
  await masha.play([['Позвать взрослого', /прочитает твои слова/]])
})

test('after words that were sent the button leads back, and nothing is said to lie behind it', async () => {
  const world = await openWorld()
  const olga = world.person()
  await olga.play(parentAnswers())
  await olga.play([['Отправить', 'status']])
  await olga.say('муж избивает меня')
  expect(olga.allText()).toMatch(/✓ (Отправлено|Дописано)/)
  expect(olga.text()).toMatch(/Вернуться – кнопка «Дальше»/)
  expect(olga.text()).not.toMatch(/Ничего не потеряно/)
})
