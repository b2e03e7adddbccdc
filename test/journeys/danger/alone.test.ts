import { expect, test } from 'vitest'
import { openWorld } from '#test/support/world.ts'

const at = '2026-11-24T09:00:00Z'

test('a small child alone at home: what to do, whom to call, and an adult in two taps', async () => {
  const world = await openWorld({ at })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const misha = world.person({ firstName: 'Миша' })
  await misha.play([
    ['/start', 'home'],
    [{ words: 'мне 7 я одна дома мама не пришла' }, /Дверь никому не открывай[\s\S]*звони 112[\s\S]*124/],
  ])
  expect(misha.text().match(/\b112\b/g)).toHaveLength(1)
  await misha.play([
    ['Позвать взрослого', /прочитает твои слова/],
    ['Позвать взрослого', 'under-ten-called'],
  ])
  await expect.poll(() => anna.text()).toMatch(/Ребёнок младше десяти/)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.story.${id}`)
  expect(anna.text()).toMatch(/мама не пришла/)
})

test.each([
  ['я один дома и боюсь', /112/, 'Передать центру сейчас'],
  ['мама не пришла, мне страшно', /112/, 'Передать центру сейчас'],
  ['мне 8 лет, мы с братом одни', /Дверь никому не открывай/, 'Позвать взрослого'],
  [
    'ребёнок один дома второй день плачет',
    /чтобы с ребёнком кто-то был[\s\S]*Скажите адрес/,
    'Передать центру сейчас',
  ],
  ['соседи оставили двухлетнего одного', /чтобы с ребёнком кто-то был/, 'Передать центру сейчас'],
])('«%s» brings its card and the short way', async (words, shown, button) => {
  const world = await openWorld({ at })
  const someone = world.person()
  await someone.play([
    ['/start', 'home'],
    [{ words }, shown],
  ])
  expect(someone.buttons(someone.card()).map(({ text }) => text)).toContain(button)
})

test('a neighbour who reports it is not asked who writes, and staff read why it is urgent', async () => {
  const world = await openWorld({ at })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const vera = world.person()
  await vera.play([
    ['/start', 'home'],
    [{ words: 'соседи оставили двухлетнего одного' }, 'heard'],
    ['Передать центру сейчас', /Понятно: вы пишете о другой семье/],
    ['Даю согласие', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeToWrite'],
    ['Да, можно писать', /Принято/],
  ])
  await expect.poll(() => anna.text()).toMatch(/маленький ребёнок без взрослых/)
  // Little was asked: her words stand among the answers.
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.details.${id}`)
  expect(anna.text()).toMatch(/Рассказ: соседи оставили двухлетнего одного/)
})

test('in English', async () => {
  const world = await openWorld({ at })
  await world.person({ languageCode: 'en' }).play([
    ['/start', 'home'],
    [{ words: 'my neighbour leaves her two year old alone at night' }, /Say the address[\s\S]*112/],
    ['Tell the centre now', /^I see: you are writing about another family/],
  ])
  await world.person({ languageCode: 'en' }).play([
    ['/start', 'home'],
    [{ words: 'i am 8 and home alone scared' }, /Don't open the door[\s\S]*112/],
  ])
})
