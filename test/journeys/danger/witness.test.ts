import { expect, test } from 'vitest'
import { openWorld } from '#test/support/world.ts'

test('whoever hears it through a wall reads what a witness does, and one tap leads to the short way', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const nina = world.person()
  await nina.play([
    ['/start', 'home'],
    [{ words: 'саседи бьют рибенка' }, /Сами не входите/],
  ])
  expect(nina.text()).not.toMatch(/Если бьют дома|с детьми, если они рядом/)
  await nina.play([
    // What goes on there is no danger at her own door.
    [{ words: 'он ломится к ним в дверь' }, /^(?![\s\S]*Заприте)[\s\S]*Сами не входите/],
    ['Передать центру сейчас', /пишете о другой семье/],
    ['Даю согласие', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeToWrite'],
    ['Да, можно писать', /Принято/],
  ])
  await expect.poll(() => anna.allText()).toMatch(/Срочно[\s\S]*из слов: насилие/)
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ urgent: true })
})

test('a friend who tells of somebody else, a witness in English, and the one whom it happens to', async () => {
  const world = await openWorld()
  const dasha = world.person()
  await dasha.play([
    ['/start', 'home'],
    [{ words: 'мне 13. подругу бьёт отец' }, /не молчишь[\s\S]*взрослому, которому доверяешь/],
    [{ words: 'она хочет умереть' }, /побудь рядом или на связи/],
    // It is hers now.
    [{ words: 'и меня отчим бьёт' }, /Это не твоя вина/],
  ])
  const mary = world.person({ languageCode: 'en' })
  await mary.play([
    ['/start', 'home'],
    [{ words: 'the neighbours beat their child, i hear it' }, /Don't go in yourself/],
  ])
  const oleg = world.person()
  await oleg.play([
    ['/start', 'home'],
    [{ words: 'отчим бьёт меня' }, /Это не твоя вина[\s\S]*Иди туда, где люди/],
    [{ words: 'сосед тоже бьёт меня' }, /Это не твоя вина/],
    // A father who writes is «вы» from then on.
    ['Дальше', 'hand-over'],
    [{ words: 'я папа, у меня двое детей, жена пьёт' }, /Если бьют дома|садитесь/],
  ])
})
