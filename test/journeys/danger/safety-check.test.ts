import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { minorAnswers, minorSubmits, submitAsParent } from '#test/support/intake.ts'
import { openOffice } from '#test/support/office.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

test('two taps on a child’s phone do not end the report: staff check, and it escalates until they say what came of it', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const boss = await world.staff('Елена', ['leninsky'], 'supervisor')
  const dasha = world.person()
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  await expect.poll(() => anna.text()).toMatch(/подросток/)
  await dasha.play([
    ['Отозвать', /центр должен проверить, все ли в безопасности/],
    ['Да, отозвать', /Отозвано[\s\S]*центр должен проверить/],
  ])
  expect(dasha.text()).not.toMatch(/не нужно/)
  await expect.poll(() => anna.allText()).toMatch(/отозвано\. Проверьте, безопасно ли/)
  expect(anna.allText()).not.toMatch(/Писать и звонить не нужно/)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.play([['/queue', /1/]])

  await (await openOffice(world)).later(16, 'escalation')
  await expect.poll(() => boss.allText()).toMatch(/Проверьте, безопасно ли/)

  await anna.byHand(`-.contact.${id}`)
  expect(anna.allText()).toMatch(/Самим не писать/)
  await anna.byHand(`-.card.${id}`)
  await anna.play([
    ['Что выяснилось', 'safety-check'],
    ['Все в безопасности', /Проверили: Все в безопасности/],
    ['/queue', /Никто не ждёт/],
  ])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({
    status: 'withdrawn',
    safetyCheck: 'safe',
    escalateAt: null,
  })
  await dasha.play([['/status', /отозвано/]])
  expect(dasha.text()).not.toMatch(/центр должен проверить/)
})

test('what was urgent is checked, too, and a system says what came of it; an ordinary withdrawal ends as before', async () => {
  const world = await openWorld({ at: tuesday })
  await world.staff('Анна', ['leninsky'], 'intake')
  const key = await keyOf(world)
  const olga = world.person()
  await submitAsParent(olga, 'Да, сейчас')
  await olga.play([
    ['Отозвать', /центр должен проверить/],
    ['Да, отозвать', /Отозвано/],
  ])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  expect((await key.get(`/requests/${id}`)).body).toMatchObject({ status: 'withdrawn', safetyCheck: 'open' })
  expect((await key.get(`/requests/${id}/details`)).body).toMatchObject({ contact: { name: 'Ольга' } })
  const told = { outcome: 'reported' }
  expect(await key.post(`/requests/${id}/safety-check`, told)).toMatchObject({
    status: 200,
    body: { safetyCheck: 'reported' },
  })
  expect(await key.post(`/requests/${id}/safety-check`, told)).toMatchObject({ status: 409 })

  const petr = world.person({ firstName: 'Пётр' })
  await submitAsParent(petr)
  await petr.play([
    ['Отозвать', /Работа по нему остановится/],
    ['Да, отозвать', /писать и звонить не нужно/],
  ])
  expect(await world.database.prisma.request.findFirst({ where: { safetyCheck: null } })).toMatchObject({
    status: 'withdrawn',
    escalateAt: null,
  })
})
