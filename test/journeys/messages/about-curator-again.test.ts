import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { anActivity, aPlan, told as allTold, publish } from '#test/support/plan.ts'
import { planVisit } from '#test/support/visits.ts'

// The talk is apart already: what is said against its readers later is kept from them as the first words were.

test('words against her that answer a visit, or are about the plan, are kept from her the second time, too', async () => {
  const family = await openWithFamily()
  const { world, key, path, member, curator, supervisor } = family
  await publish(key, path, aPlan([anActivity('school', { plain: 'Сходить в школу' })]))
  const dasha = await member('minor', 'Даша')
  const visit = await planVisit(family)
  await allTold(world)
  await publish(
    key,
    path,
    aPlan([anActivity('school', { plain: 'Сходить в школу' }), anActivity('papers', { plain: 'Бумаги' })]),
  )
  await allTold(world)
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'боюсь Ирину' }, /Ирина этого не видит/],
  ])
  world.clock.forward(60_000)
  await dasha.play([
    ['/visits', 'visits'],
    ['2 декабря, 15:00', 'visit'],
    ['Другое время', 'visit-slots'],
    ['Написать словами', 'visit-words'],
    [
      { words: 'не хочу с Ириной, она меня трогает' },
      /передано только одно: нужно другое время[\s\S]*Куратор этого не видит: другие/,
    ],
  ])
  // One thanks and one receipt.
  expect(dasha.text().match(/Спасибо/g)).toHaveLength(1)
  expect(dasha.text().match(/✓ Отправлено|Сообщение отправлено/g)).toHaveLength(1)
  // Whoever comes learns that the time does not suit, and nothing else.
  const { answers } = (await key.get(visit.path)).body as { answers: object[] }
  expect(answers).toMatchObject([{ kind: 'other-time', text: null }])
  await dasha.play([
    ['/menu', /./],
    ['/plan', 'plan'],
    ['Твоё мнение о плане', /Бумаги/],
    ['Бумаги', /подходит/],
    ['Не подходит', /Что не подходит/],
    [{ words: 'Ирина на меня кричит' }, /Куратор этого не видит/],
  ])
  await allTold(world)
  await curator.byHand(`-.f-visit.${visit.id}`)
  expect(curator.text()).toMatch(/Даша[^\n]*просит другое время, какое – не сказано/)
  await curator.byHand(`-.thread.${dasha.memberId}`)
  expect(curator.allText()).not.toMatch(/трогает|кричит/)
  await supervisor.byHand(`-.thread.${dasha.memberId}`)
  expect(supervisor.text()).toMatch(/трогает[\s\S]*кричит/)
})

test('a talk apart from the curator of before hides what is said against the one of now', async () => {
  const { world, key, path, member, curator } = await openWithFamily()
  const dasha = await member('minor', 'Даша')
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'боюсь Ирину' }, /Ирина этого не видит/],
  ])
  const galina = await world.staff('Галина', ['leninsky'], 'curator')
  const curatorId = await staffIdOf(world, 'Галина')
  expect(await key.patch(path, { curatorId }, { 'if-match': '*' })).toMatchObject({ status: 200 })
  await allTold(world)
  world.clock.forward(60_000)
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Галина тоже на меня кричит' }, /^✓ Отправлено\. Куратор этого не видит/],
    ['Дальше', 'messages'],
    [{ words: 'спасибо' }, /^Пожалуйста\.[^\n]*Куратор этого не видит/],
  ])
  await allTold(world)
  await galina.byHand(`-.thread.${dasha.memberId}`)
  expect(galina.allText()).not.toMatch(/кричит|новое сообщение/)
  expect(curator.allText()).not.toMatch(/кричит/)
})
