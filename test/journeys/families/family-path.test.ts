import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { minorAnswers, minorSubmits } from '#test/support/intake.ts'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { openWithRequest, problem, pushes, staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'
import { storedAccount } from '#test/support/accounts.ts'

test('an accepted request becomes a family: the parent sees the same path continue', async () => {
  const { world, key, anna, olga, path } = await openWithRequest()
  await world.staff('Ирина', ['leninsky'], 'curator')
  const curatorId = await staffIdOf(world, 'Ирина')
  await olga.play([['/status', /Срок: до вторника, 1 декабря, осталось 5 рабочих дней\./]])
  await olga.play([['Все шаги', /▶ обращение принято – с 24 ноября\n○ знакомство дома, по договорённости/]])
  await anna.tap('Взять')
  await expect.poll(() => pushes(olga)).toBe(1)
  const told = pushes(olga)

  // A stage is shown at once, also before there is a family.
  await key.post(`${path}/transition`, { to: 'commission-decision' })
  await expect.poll(() => pushes(olga)).toBe(told + 1)
  await olga.play([
    ['Посмотреть', 'status'],
    ['Все шаги', /▶ комиссия решает, чем помочь – с 24 ноября/],
  ])

  const outcome = { to: 'closed', outcome: 'support-agreed', curatorId, level: 'crisis' }
  const closed = await key.post(`${path}/transition`, outcome)
  const { familyId } = closed.body as { familyId: string }
  expect((await key.get(`/families/${familyId}`)).body).toMatchObject({
    requestId: path.split('/').at(-1),
    curatorId,
    // The commission has decided: nobody waits for it any more.
    stage: 'ipss',
    members: [{ role: 'parent' }],
  })
  await expect.poll(() => pushes(olga)).toBe(told + 2)
  await olga.play([['Посмотреть', 'status']])
  expect(olga.text()).toMatch(
    /Сейчас: составляем вместе план помощи, с 24 ноября\.\nДальше: план утверждают\.\n/,
  )
  expect(olga.text()).toMatch(/Отвечает: Ирина, куратор/)
  expect(olga.text()).toMatch(/Пожаловаться можно в центр: 8-8652-00-00-00/)
  expect(olga.text()).not.toMatch(/работа закончена/)

  // The deadline in words: days before, on the day, and honestly after it.
  await olga.play([['/status', /План помощи \(ИПСС\): до вторника, 8 декабря, осталось 10 рабочих дней\./]])
  world.clock.set('2026-12-07T07:00:00Z')
  await olga.play([['/status', /до вторника, 8 декабря, остался 1 рабочий день\./]])
  world.clock.set('2026-12-08T20:59:00Z')
  await olga.play([['/status', /до вторника, 8 декабря, сегодня последний день\./]])
  world.clock.set('2026-12-08T21:01:00Z')
  await olga.play([['/status', /срок прошёл, он был до вторника, 8 декабря\. Это наша задержка/]])
})

test('a minor with an unsafe home gets no messages, and a parent sees nothing of their request', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const key = await keyOf(world)
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await key.post(`/requests/${id}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  world.clock.set('2026-11-27T07:00:00Z')
  const outcome = { to: 'closed', outcome: 'support-agreed' }
  const { familyId } = (await key.post(`/requests/${id}/transition`, outcome)).body as { familyId: string }
  const told = pushes(dasha)
  const parent = { role: 'parent', name: 'Ольга' }
  expect(await key.post(`/families/${familyId}/members`, parent)).toMatchObject(
    problem('safety-unacknowledged', 409),
  )
  const acknowledgement = { reason: 'Даша просила позвать маму: опасен отчим' }
  const added = await key.post(`/families/${familyId}/members`, { ...parent, acknowledgement })
  expect(added.body).toMatchObject({ warning: [{ kind: 'parents-unsafe', by: 'member' }] })
  const olga = world.person()
  await openLink(olga, (added.body as { link: string }).link)
  await olga.tap('Даю согласие')
  // A deadline counted from the request would reveal its date.
  await dasha.play([['/status', /План помощи \(ИПСС\): до вторника, 8 декабря/]])
  await olga.play([['/status', 'status']])
  expect(olga.text()).not.toMatch(/ноября|декабря/)
  await key.post(`/families/${familyId}/transition`, { to: 'ipss' })
  await dasha.play([['/status', /Куратора ещё назначают/]])
  await dasha.play([['Все шаги', /✓ обращение принято – 24 ноября/]])
  expect(pushes(dasha)).toBe(told)
  const person = await world.database.prisma.person.findUniqueOrThrow({
    where: { account: storedAccount(dasha) },
  })
  expect(person.pushMode).toBe('none')

  await olga.play([['/status', 'status']])
  await olga.play([['Все шаги', /✓ обращение принято\n/]])
  expect(olga.allText()).not.toMatch(/24 ноября|2026-000001|Даша/)
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('Переписка')
  expect(anna.allText()).not.toMatch(/Ольга/)
})

test('a request by somebody else becomes a family without members', async () => {
  const { world, key, path, anna, olga } = await openWithRequest()
  const requestId = path.split('/').at(-1) ?? ''
  await world.database.prisma.request.update({
    where: { id: requestId },
    data: { applicant: 'other-person', kind: 'message' },
  })
  await anna.tap('Взять')
  const closed = await key.post(`${path}/transition`, { to: 'closed', outcome: 'support-agreed' })
  const { familyId } = closed.body as { familyId: string }
  expect((await key.get(`/families/${familyId}`)).body).toMatchObject({ members: [] })
  await olga.play([['/status', /специалист центра прочитал ваше обращение/]])
})

test('a stage of the family reaches all joined members; a new applicant sees both paths', async () => {
  const { world, key, path, member } = await openWithFamily()
  const [olga, dasha] = [await member('parent', 'Ольга'), await member('minor', 'Даша')]
  await key.post(`${path}/transition`, { to: 'analysis' })
  for (const chat of [olga, dasha]) {
    await expect.poll(() => chat.buttons(chat.card()).map(({ text }) => text)).toContain('Посмотреть')
    await chat.play([['Посмотреть', /Сейчас: смотрим вместе, что изменилось, с 25 ноября/]])
  }
  expect(await world.database.prisma.push.count({ where: { kind: 'stage' } })).toBe(2)
})

test('a stage that a family comes to again is told again', async () => {
  const { world, key, path, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const told = async () =>
    (await world.database.prisma.push.findMany({ where: { kind: 'stage' } })).filter(({ key: of }) =>
      of.includes('.analysis'),
    ).length
  expect(await key.post(`${path}/transition`, { to: 'analysis' })).toMatchObject({ status: 200 })
  expect(await told()).toBe(1)
  expect(await key.post(`${path}/transition`, { to: 'closed' })).toMatchObject({ status: 200 })
  world.clock.set('2026-12-02T07:00:00Z')
  const again = { appliedOn: '2026-12-01', acceptedOn: '2026-12-02' }
  expect(await key.post(`${path}/episodes`, again)).toMatchObject({ status: 201 })
  const skipped = { to: 'analysis', skip: 'done-before' }
  const moved = await key.post(`${path}/transition`, skipped)
  expect(moved.body).toMatchObject({ stage: 'analysis' })
  expect(await told()).toBe(2)
  await olga.play([['/status', /Сейчас: смотрим вместе, что изменилось, со? 2 декабря/]])
})
