import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { openWorld } from '#test/support/world.ts'

const at = '2026-11-24T09:00:00Z'
const labels = (chat: { buttons(card: unknown): { text: string }[]; card(): unknown }) =>
  chat.buttons(chat.card()).map(({ text }) => text)

test('/start after words says that they are held, with one tap to pass them on', async () => {
  const world = await openWorld({ at })
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    [{ words: 'муж пропил всё' }, 'hand-over'],
    ['/start', /Ваши слова пока только здесь, люди их не видят/],
    ['Передать мои слова', /Понятно: вы родитель/],
    ['Даю согласие', 'question.danger'],
    ['/start', 'home'],
  ])
  // They are part of the story now.
  expect(olga.text()).not.toMatch(/пока только здесь/)
})

test('«/status» says the same, and what is begun is gone on with', async () => {
  const world = await openWorld({ at })
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    [{ words: 'муж пропил всё' }, 'hand-over'],
    ['/status', /Пока ничего не отправлено[\s\S]*Ваши слова пока только здесь/],
    ['Передать мои слова', /Понятно: вы родитель/],
    ['Даю согласие', 'question.danger'],
    ['/status', /Пока ничего не отправлено, люди этого не видят\. Ответы сохранены/],
    ['Продолжить', 'question.danger'],
  ])
})

test('and one tap to drop them', async () => {
  const world = await openWorld({ at })
  const dasha = world.person()
  await dasha.play([
    ['/start', 'home'],
    [{ words: 'мне 13, достали' }, 'hand-over'],
    ['/menu', /Твои слова пока только здесь/],
    ['Стереть мои слова', /^Стёрто, никто этого не видел/],
  ])
  expect(labels(dasha)).not.toContain('Передать мои слова')
  dasha.sees('home')
})

test('a button of an earlier menu does nothing to what is not held any more', async () => {
  const world = await openWorld({ at })
  const olga = world.person()
  await olga.play([['/start', 'home']])
  await olga.byHand('-.pass-held.')
  olga.sees('home')
  await olga.byHand('-.drop-held.')
  expect(olga.text()).not.toMatch(/Стёрто/)
})

test('«Привет» on the very first card is greeted once', async () => {
  const world = await openWorld({ at })
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    [{ words: 'Привет' }, /^Можно просто написать, что случилось\.\s+Здравствуйте/],
  ])
  expect(olga.text().match(/Здравствуйте/g)).toHaveLength(1)
  const first = world.person()
  await first.play([[{ words: 'здравствуйте' }, 'home']])
  expect(first.text().match(/Здравствуйте/g)).toHaveLength(1)
  const mary = world.person({ languageCode: 'en' })
  await mary.play([
    ['/start', 'home'],
    [{ words: 'hi' }, 'home'],
  ])
  expect(mary.text().match(/Hello/g)).toHaveLength(1)
})

test('nor is a member of a family greeted twice', async () => {
  const { member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/menu', 'home'],
    [{ words: 'здравствуйте' }, 'home'],
  ])
  expect(olga.text().match(/Здравствуйте/g)).toHaveLength(1)
})
