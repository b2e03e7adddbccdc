import { expect, test } from 'vitest'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

const at = '2026-11-24T09:00:00Z'
const times = (text: string, what: RegExp) => text.match(what)?.length ?? 0

test('the receipt and the card below it say once who reads and once whom to call', async () => {
  const world = await openWorld({ at })
  await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  await submitAsParent(olga, 'Да, сейчас')
  const once = () => {
    expect(times(olga.text(), /Прочитает/g)).toBe(1)
    expect(times(olga.text(), /112/g)).toBe(1)
  }
  once()
  expect(olga.text()).toMatch(/^✓ Принято\. Спасибо, что написали/)
  await olga.play([[{ words: 'мы дома до вечера' }, /^✓ Отправлено\. Прочитает Анна[\s\S]*Обращение/]])
  once()
})

test('away from the card, the receipt says both', async () => {
  const world = await openWorld({ at })
  await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  await submitAsParent(olga, 'Да, сейчас')
  await olga.play([
    ['/help', 'help'],
    [{ words: 'мы дома до вечера' }, /^✓ Отправлено\. Прочитает Анна[\s\S]*112/],
  ])
})
