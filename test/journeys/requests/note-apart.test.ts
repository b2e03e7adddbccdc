import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { operatorOf } from '#test/support/operator.ts'
import { problem, staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

test('a note against the specialist who has the request reaches somebody else, and not the specialist', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  await anna.tap('Взять')
  await olga.play([
    ['/status', 'status'],
    [
      { words: 'не доверяю Анне, она рассказала мужу' },
      /^✓ Отправлено\. Анна этого не видит[\s\S]*Прочитает другой человек из центра, сегодня до 18:00/,
    ],
  ])
  world.clock.forward(60_000)
  // What follows is kept from her as well, whichever way it is written.
  await olga.play([
    [{ words: 'и он теперь злится' }, /Анна этого не видит/],
    ['Дописать', 'note'],
    [{ words: 'что мне делать' }, /Анна этого не видит/],
    ['/menu', /другой|специалист по приёму/],
  ])
  await expect.poll(() => elena.allText().match(/этот человек дописанного не видит/g)?.length).toBe(2)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.story.${id}`)
  await anna.byHand(`-.card.${id}`)
  expect(anna.allText()).not.toMatch(/дописали|не доверяю|злится|что мне делать|дописан/i)
  // They were told to read it, and need no other reason.
  await elena.byHand(`-.story.${id}`)
  expect(elena.text()).toMatch(/не доверяю Анне[\s\S]*злится[\s\S]*что мне делать/)
  const key = await keyOf(world)
  const annaId = await staffIdOf(world, 'Анна')
  const details = await key.get(`/requests/${id}/details`)
  expect(details.body).toMatchObject({
    lines: [{ hiddenFrom: [annaId] }, { hiddenFrom: [annaId] }, { hiddenFrom: [annaId] }],
  })
  // Whoever has it from now on reads everything, and is the reader again.
  const vera = await world.staff('Вера', ['leninsky'], 'intake')
  await key.post(`/requests/${id}/assign`, { staffId: await staffIdOf(world, 'Вера') })
  await olga.play([
    ['/status', 'status'],
    [{ words: 'дети у бабушки' }, /Прочитает Вера/],
  ])
  await vera.byHand(`-.story.${id}`)
  expect(vera.text()).toMatch(/не доверяю Анне[\s\S]*дети у бабушки/)

  // Anna serves the district and has the buttons of before: they open nothing of what came since, nor that it became urgent.
  await olga.play([[{ words: 'муж бьёт меня' }, /Отправлено|102/]])
  await expect.poll(() => vera.allText()).toMatch(/Срочно/)
  await anna.byHand(`-.story.${id}`)
  await anna.byHand(`-.details.${id}`)
  await anna.byHand(`-.card.${id}`)
  await anna.byHand(`-.queue.`)
  expect(anna.allText()).not.toMatch(/Срочно|насилие|бабушки|бьёт|не доверяю/)
  expect(await key.post(`/requests/${id}/assign`, { staffId: annaId })).toMatchObject(
    problem('not-eligible', 409),
  )
  const kept = (await key.get(`/requests/${id}/details`)).body as { lines: { hiddenFrom: string[] }[] }
  expect(kept.lines.map(({ hiddenFrom }) => hiddenFrom)).toEqual(kept.lines.map(() => [annaId]))
})

test('words about the specialist who closed a request open a new one, which somebody else reads', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const vera = await world.staff('Вера', ['leninsky'], 'intake')
  const olga = world.person()
  await submitAsParent(olga)
  const key = await keyOf(world)
  // Its first call begins the keeping of events for it.
  await key.get('/events')
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await key.post(`/requests/${id}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  const decision = { reason: 'Работа уже есть в другом центре.', instead: 'Психолог по средам.' }
  const refused = { to: 'closed', outcome: 'refused', decision }
  expect(await key.post(`/requests/${id}/transition`, refused)).toMatchObject({ status: 200 })
  world.clock.forward(60_000)
  await olga.play([
    ['/status', 'status'],
    [{ words: 'боюсь Анну, она всё рассказала, и муж бьёт меня' }, /./],
  ])
  const { id: anew, assignedToId } = await world.database.prisma.request.findFirstOrThrow({
    where: { id: { not: id } },
  })
  expect(assignedToId).toBe(await staffIdOf(world, 'Вера'))
  await vera.byHand(`-.story.${anew}`)
  expect(vera.text()).toMatch(/боюсь Анну/)
  for (const button of ['card', 'details', 'story', 'take']) await anna.byHand(`-.${button}.${anew}`)
  expect(anna.allText()).not.toMatch(/боюсь|бьёт|Срочно/)
  // The centre's own systems must not show them what our cards do not.
  const { items } = (await key.get('/events')).body as {
    items: { type: string; data: { requestId?: string; hiddenFrom?: string[] } }[]
  }
  const annaId = await staffIdOf(world, 'Анна')
  const ofNew = items.filter(({ data }) => data.requestId === anew)
  expect(ofNew.map(({ type }) => type)).toContain('request.submitted')
  for (const { data } of ofNew) expect(data.hiddenFrom).toEqual([annaId])
  expect(items.filter(({ data }) => data.requestId === id && data.hiddenFrom)).toEqual([])
})

test('a supervisor finds nowhere a request in which words about them are kept', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  await world.staff('Вера', ['leninsky'], 'intake')
  const olga = world.person()
  const number = await submitAsParent(olga)
  const key = await keyOf(world)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await key.post(`/requests/${id}/assign`, { staffId: await staffIdOf(world, 'Елена') })
  await key.post(`/requests/${id}/claim`, { staffId: await staffIdOf(world, 'Елена') })
  await olga.play([
    ['/status', 'status'],
    [{ words: 'боюсь Елену, она рассказала мужу' }, /Елена этого не видит/],
  ])
  await elena.play([['/mine', new RegExp(number)]])
  await key.post(`/requests/${id}/assign`, { staffId: await staffIdOf(world, 'Вера') })
  await expect.poll(() => elena.allText()).toMatch(/За вами его больше нет/)
  await nina.play([['/mine', new RegExp(number)]])
  for (const command of ['/mine', '/queue', '/menu']) {
    await elena.say(command)
    expect(elena.text(), command).not.toContain(number)
  }
  await elena.play([
    ['/find', /Кого найти/],
    [{ words: number }, /Ничего не нашлось/],
  ])
  await submitAsParent(world.person())
  // Nor is it counted among a colleague's, or left over where their work is given to others.
  for (const [chat, requests] of [
    [elena, 1],
    [nina, 2],
  ] as const)
    await chat.play([
      ['/menu', 'home'],
      ['Сотрудники', new RegExp(`Вера[\\s\\S]*Обращений: ${requests}`)],
    ])
  await elena.byHand(`-.hand-requests.${await staffIdOf(world, 'Вера')}`)
  await elena.play([
    ['Поровну', /Почему/],
    // There is nobody else; the other one is still not spoken of.
    [{ words: 'Вера уезжает' }, /Передано обращений: 0\. Передать некому: 1\./],
  ])
  const before = elena.allText().split(number).length
  // The promised time passes, and then days: the other supervisor hears of it.
  world.clock.set('2026-12-04T09:00:00Z')
  const operator = await operatorOf(world)
  await operator.runs('late-notices', {}, 'work-news')
  await expect.poll(() => nina.allText().split(number).length).toBeGreaterThan(2)
  expect(elena.allText().split(number).length).toBe(before)
})
