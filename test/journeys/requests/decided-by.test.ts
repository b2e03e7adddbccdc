import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { letter } from '#test/support/desk.ts'
import { openWorld } from '#test/support/world.ts'

// Not every region has a commission: who decides is said in its words.
test.each([
  ['stavropol', 'leninsky', 'Решила комиссия'],
  ['nyagan', 'nyagan', 'Решила комиссия'],
  ['crimea', 'simferopol', 'Решила комиссия центра'],
  ['chelyabinsk', 'chelyabinsk', 'Решил центр'],
  ['novgorod', 'veliky-novgorod', 'Решил центр'],
] as const)('who decided, in %s', async (region, territory, decided) => {
  const world = await openWorld({ region, at: '2026-11-24T07:00:00Z' })
  const anna = await world.staff('Анна', [territory])
  const key = await keyOf(world)
  expect(await key.post('/requests', { ...letter, territory })).toMatchObject({ status: 201 })
  await expect.poll(() => anna.text(), { timeout: 30_000 }).toMatch(/2026-000001/)
  await anna.tap('Взять')
  await anna.play([
    ['Принять или закрыть', /Что решили/],
    ['Берём на сопровождение', /Какой уровень/],
    ['Решим позже', /нет куратора/],
    ['Назначим позже', new RegExp(`Записано: ${decided}. Если не так, нажмите «Решили специалисты»`)],
    ['Решили специалисты', new RegExp(`Записано: Решили специалисты. Если не так, нажмите «${decided}»`)],
    [decided, new RegExp(`Записано: ${decided}\\.`)],
  ])
})
