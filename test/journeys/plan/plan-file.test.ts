import { expect, test } from 'vitest'
import { type FamilyWorld, openWithFamily } from '#test/support/family.ts'
import { planWorkbook, sendsFile } from '#test/support/plan-workbook.ts'
import { tapsOf } from '#test/support/taps.ts'

const plansIn = ({ world }: FamilyWorld) => world.database.prisma.planVersion.count()

test('a curator sends the workbook, sees what changes, and publishes it in one tap', async () => {
  const family = await openWithFamily()
  const { world, curator, familyId } = family
  const olga = await family.member('parent', 'Ольга')
  await curator.byHand(`-.f-card.${familyId}`)
  const taps = await tapsOf(curator, [
    ['План', /пока нет плана/],
    ['Прислать план файлом', /Пришлите книгу \.xlsx/],
    [sendsFile(Buffer.from('текст'), 'план.txt'), /не книга \.xlsx/],
    [
      sendsFile(await planWorkbook(1, ['Встреча с психологом'])),
      /План из файла[\s\S]*Новое: Встреча с психологом/,
    ],
  ])
  expect(await plansIn(family)).toBe(0)
  await curator.play([['Опубликовать', 'home']])
  expect(taps + 1).toBeLessThanOrEqual(5)
  expect(await plansIn(family)).toBe(1)
  await expect.poll(() => olga.allText()).toMatch(/план/i)
  // On any screen: the second version, and then the same once more.
  const second = await planWorkbook(1, ['Встреча с психологом', 'Кружок'])
  await curator.play([
    [sendsFile(second), /Новое: Кружок/],
    ['Не публиковать', 'home'],
    [sendsFile(second), /Новое: Кружок/],
    ['Опубликовать', 'home'],
    [sendsFile(second), /План из файла/],
  ])
  expect(curator.buttons(curator.card()).map(({ text }) => text)).not.toContain('Опубликовать')
  expect(await plansIn(family)).toBe(2)
  expect(world.telegram.refused).toEqual([])
})

test('faulty cells are named, and nothing is published', async () => {
  const family = await openWithFamily()
  const { curator } = family
  await curator.play([
    [sendsFile(await planWorkbook(1, ['Встреча'], 'иногда')), /План из файла[\s\S]*так не понять/],
  ])
  expect(curator.buttons(curator.card()).map(({ text }) => text)).not.toContain('Опубликовать')
  await curator.play([[sendsFile(Buffer.from('PK нет')), /Это не книга/]])
  // Once it is right, nobody is promised a reader where nobody of the family is in the bot.
  await curator.play([
    [sendsFile(await planWorkbook(1, ['Встреча'])), /Новое: Встреча[\s\S]*план никто не увидит/],
  ])
  expect(await plansIn(family)).toBe(0)
})

test('another curator is not even told that the family exists, and a family’s workbook is a message', async () => {
  const family = await openWithFamily()
  const { world } = family
  const olga = await family.member('parent', 'Ольга')
  const galina = await world.staff('Галина', ['leninsky'], 'curator')
  const shown = async (number: number) => {
    await galina.play([[sendsFile(await planWorkbook(number, ['Встреча'])), /План из файла/]])
    return galina.text()
  }
  expect(await shown(1)).toBe(await shown(77))
  await olga.play([[sendsFile(await planWorkbook(1, ['Встреча'])), /./]])
  expect(olga.allText()).not.toMatch(/План из файла/)
  expect(await plansIn(family)).toBe(0)
})
