import { expect, test } from 'vitest'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

test('after an urgent withdrawal «а что теперь?» reaches the one who checks, and the answer says so', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await submitAsParent(olga, 'Да, сейчас')
  await expect.poll(() => anna.allText()).toMatch(/Срочно/)
  await olga.play([
    ['Отозвать', 'withdraw'],
    ['Да, отозвать', /Отозвано/],
    [
      { words: 'а что теперь?' },
      /Отправлено тому, кто проверяет, все ли в безопасности\. Прочитает Анна, сегодня до 18:00/,
    ],
  ])
  await expect.poll(() => anna.allText()).toMatch(/дописали/)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.story.${id}`)
  expect(anna.text()).toMatch(/а что теперь\?/)
  // From the menu, too.
  await olga.play([
    ['/menu', 'home'],
    [{ words: 'вы ещё здесь?' }, /Отправлено тому, кто проверяет/],
  ])
  await anna.byHand(`-.checked.${id}`)
  await anna.play([['Все в безопасности', /Проверили: Все в безопасности/]])
  expect(anna.text()).not.toMatch(/Срочно/)
  await olga.play([['/status', /отозвано/]])
  expect(olga.text()).not.toMatch(/срочн/i)
  // Nobody checks any more: these words go nowhere by themselves.
  await olga.play([[{ words: 'и всё?' }, 'hand-over']])
})
