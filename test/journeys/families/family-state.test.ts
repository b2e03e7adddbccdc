import { expect, test } from 'vitest'
import { openWithDasha } from '#test/support/accepted-minor.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openWithRequest } from '#test/support/submitted.ts'
import { tapsOf } from '#test/support/taps.ts'
import { planVisit, told } from '#test/support/visits.ts'

test('an accepted family is past the commission: nobody reads that it is still to decide', async () => {
  const { world, anna, olga } = await openWithRequest()
  await world.staff('Ирина', ['leninsky'], 'curator')
  await anna.tap('Взять')
  await anna.play([
    ['Принять или закрыть', /Что решили/],
    ['Берём на сопровождение', /Какой уровень/],
    ['кризисный', /Кто будет куратором/],
    ['Ирина', /Семья прочитает/],
    ['Принять семью', /Принято: семья/],
  ])
  expect(await world.database.prisma.family.findFirst()).toMatchObject({ stage: 'ipss' })
  await expect.poll(() => olga.allText()).toMatch(/новое сообщение/i)
  await olga.play([
    ['/menu', 'home'],
    ['Что дальше', /Сейчас: составляем вместе план помощи/],
  ])
  expect(olga.text()).not.toMatch(/комиссия решит/i)
})

test('a curator moves the family to a later stage in four taps, and changes its level in four', async () => {
  const { world, curator, familyId, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await curator.byHand(`-.f-card.${familyId}`)
  const stage = [
    ['Дело', 'family-file'],
    ['Этап и уровень', 'family-stage'],
    ['1', /Семья прочитает:[\s\S]*смотрим вместе, что изменилось[\s\S]*Вернуть назад нельзя/],
    ['Перевести', /Этап записан[\s\S]*Этап: Итоги/],
  ] as const
  expect(await tapsOf(curator, stage)).toBe(4)
  await told(olga, /Есть новый шаг/)
  const level = [
    ['Дело', 'family-file'],
    ['Этап и уровень', 'family-stage'],
    ['Изменить уровень', /базовый: визиты 1–2 в месяц/],
    ['базовый', /Уровень записан: базовый/],
  ] as const
  expect(await tapsOf(curator, level)).toBe(4)
  expect(await world.database.prisma.family.findUnique({ where: { id: familyId } })).toMatchObject({
    stage: 'analysis',
    level: 'basic',
  })
})

test('ending the support: a reason that the family does not read, visits ahead are cancelled, once', async () => {
  const family = await openWithFamily()
  const { world, curator, familyId, member, key, path } = family
  const olga = await member('parent', 'Ольга')
  await planVisit(family)
  // The news of it must not come after the card.
  await told(curator, /Вам назначен визит/)
  await curator.byHand(`-.f-card.${familyId}`)
  await curator.play([
    ['Дело', 'family-file'],
    ['Этап и уровень', 'family-stage'],
    ['Закончить сопровождение', /Почему\? Семья этого не увидит/],
    ['Так решила семья', /Причина: Так решила семья[\s\S]*Визиты впереди отменятся/],
  ])
  const seen = curator.card()
  await curator.play([['Закончить', /Сопровождение закончено/]])
  const { prisma } = world.database
  expect(await prisma.familyEvent.findMany({ where: { kind: 'closed' } })).toMatchObject([
    { detail: 'family-wish' },
  ])
  expect(await prisma.visit.findFirst()).toMatchObject({ status: 'cancelled' })
  await curator.byHand(curator.dataOf('Закончить', seen), seen.message_id)
  expect(await prisma.familyEvent.count({ where: { kind: 'closed' } })).toBe(1)
  expect(olga.allText()).not.toMatch(/Так решила семья/)
  await curator.byHand(`-.f-card.${familyId}`)
  await curator.tap('Дело')
  expect(curator.buttons(curator.card()).map(({ text }) => text)).not.toContain('Этап и уровень')
  const history = (await key.get(path)).body as { history: { kind: string; detail: string | null }[] }
  expect(history.history.at(-1)).toMatchObject({ kind: 'closed', detail: 'family-wish' })
})

test('a minor who is unsafe at home is named before anything is changed', async () => {
  const { curator, familyId } = await openWithDasha()
  await curator.byHand(`-.f-card.${familyId}`)
  await curator.play([
    ['Дело', 'family-file'],
    ['Этап и уровень', 'family-stage'],
    ['1', /С родителями не говорить/],
    ['Выбрать другой этап', 'family-stage'],
    ['Закончить сопровождение', /С родителями не говорить/],
  ])
})

test('a neighbour’s family is neither moved nor ended, and a made-up stage or reason does nothing', async () => {
  const { world, curator, familyId } = await openWithFamily()
  const galina = await world.staff('Галина', ['leninsky'], 'curator')
  for (const door of ['f-stage', 'f-level', 'f-end']) {
    await galina.byHand(`-.${door}.${familyId}`)
    galina.sees('home')
  }
  const revision = () => curator.dataOf('‹ Назад').split('.')[0]
  for (const [door, arg] of [
    ['f-stage', 'nowhere'],
    ['f-stage', 'registered'],
    ['f-level', 'top'],
    ['f-end', 'because'],
  ]) {
    await curator.byHand(`-.${door}.${familyId}`)
    await curator.byHand(`${revision()}.set.${arg}`)
    await curator.byHand(`${revision()}.yes.`)
  }
  expect(await world.database.prisma.family.findUnique({ where: { id: familyId } })).toMatchObject({
    stage: 'activities',
    level: 'crisis',
    status: 'active',
  })
})
