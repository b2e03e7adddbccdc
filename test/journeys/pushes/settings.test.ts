import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { expectJobsDone } from '#test/support/invariants.ts'
import { storedAccount } from '#test/support/accounts.ts'

test('a person chooses the detail of pushes and the quiet hours; invalid input gets a precise response', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  await olga.play([
    ['Настройки', 'settings'],
    ['Какие уведомления', 'push-mode'],
    ['‹ Назад', 'settings'],
    ['Тихие часы', 'quiet-hours'],
    [{ words: 'с 25 до 7' }, /Таких часов не бывает/],
    [{ words: 'ночью' }, /Таких часов не бывает/],
    [{ words: 'с 22:70 до 7' }, /Таких часов не бывает/],
    [{ words: '😀' }, /Таких часов не бывает/],
    [{ words: 'с 8 до 8:00' }, /Начало и конец совпали/],
    [{ words: 'С 22 до 7' }, /Тихие часы: с 22:00 до 7:00/],
    ['Тихие часы', 'quiet-hours'],
    ['С 23:00 до 9:00', /Тихие часы: с 23:00 до 9:00/],
    ['Тихие часы', 'quiet-hours'],
    [{ words: '22.30-6' }, /Тихие часы: с 22:30 до 6:00/],
    ['Тихие часы', 'quiet-hours'],
    [{ words: 'нет' }, /Тихих часов нет/],
    ['Календарь в телефоне', 'calendar'],
  ])
  const kept = await family.world.database.prisma.person.findUniqueOrThrow({
    where: { account: storedAccount(olga) },
  })
  expect(kept).toMatchObject({ pushMode: 'open', quietFrom: '00:00', quietUntil: '00:00' })
  await expectJobsDone(family.world.database)
})

test('a minor gets no details by default; nothing is stored about strangers', async () => {
  const family = await openWithFamily()
  const dasha = await family.member('minor', 'Даша')
  await dasha.play([
    ['/settings', /Уведомления скрытые: «У тебя новое сообщение»/],
    ['Тихие часы', /Выбери или напиши своё/],
    ['‹ Назад', 'settings'],
    ['Какие уведомления', 'push-mode'],
    ['Открытые', /В уведомлениях видны день и час/],
  ])
  const stranger = family.world.person({ firstName: 'Пётр' })
  await stranger.start()
  await stranger.play([['/settings', /Такого здесь нет/]])
})
