import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

test('«спасибо» of a family is answered kindly, without an hour, and stands in the thread', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  await olga.play([
    ['/menu', 'home'],
    [{ words: 'Спасибо большое!' }, /^Пожалуйста\. Писать можно в любое время\.\n\n/],
  ])
  expect(olga.text()).not.toMatch(/Прочитает/)
  await olga.play([
    ['/messages', /Спасибо большое!/],
    [{ words: 'спасибо' }, /^Пожалуйста\. Писать можно в любое время\.(?![\s\S]*Отправлено)/],
    ['/menu', 'home'],
  ])
  await olga.play([[{ words: 'Можно перенести?' }, /Прочитает/]])
})

test('with an open request, too; a question beside it is no small talk', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await submitAsParent(olga)
  await olga.play([
    [{ words: 'ок, спасибо 🙏' }, /^Пожалуйста\./],
    [{ words: 'да' }, /^✓ Отправлено\.\n/],
    [{ words: 'спасибо, а когда позвоните?' }, /^✓ Отправлено\. Прочитает Анна/],
  ])
})
