import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { missing, openWithRequest, problem, staffIdOf } from '#test/support/submitted.ts'

test('a note tells the colleagues it mentions, opens the request for them, and says nothing of its words', async () => {
  const { world, anna, olga, number, path } = await openWithRequest()
  const vera = await world.staff('Вера', ['leninsky'])
  await world.staff('Нина', ['oktyabrsky'])
  await anna.tap('Взять')
  await anna.tap('Заметка')
  expect(anna.text()).toMatch(/• Вера, специалист/)
  expect(anna.text()).not.toMatch(/Нина|• Анна/)
  await anna.play([
    ['Вера', /Узнают: Вера/],
    ['✓ Вера', /Кому сообщить(?![\s\S]*Узнают)/],
    ['Вера', /Узнают: Вера/],
    [{ words: '@Нина @Вера тётя готова забрать детей' }, /Заметка записана\..*Сообщили: Вера/],
  ])
  await expect.poll(() => vera.allText()).toContain(`Для вас есть заметка к обращению ${number}`)
  expect(vera.allText()).not.toMatch(/тётя|Анна/)
  await vera.play([['Открыть', /тётя готова забрать детей/]])
  await olga.play([['/status', 'status']])
  expect(olga.allText()).not.toMatch(/тётя|заметк/i)
  const note = await world.database.prisma.requestEvent.findFirstOrThrow({ where: { kind: 'staff-note' } })
  expect(note).toMatchObject({ mentioned: [await staffIdOf(world, 'Вера')], keptFrom: [] })
  expect(note.text).toMatch(/^v2\./)
  expect(path).toContain(note.requestId)
  expect(await world.database.prisma.webhookEvent.count({ where: { type: { contains: 'note' } } })).toBe(0)
})

test('a note that complains of the specialist is not shown to them, and does not tell them', async () => {
  const { world, key, anna, path } = await openWithRequest()
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  await world.staff('Вера', ['leninsky'])
  await anna.tap('Взять')
  const [annaId, elenaId] = [await staffIdOf(world, 'Анна'), await staffIdOf(world, 'Елена')]
  const text = 'Мать жалуется: Анна на неё кричит'
  expect(await key.post(`${path}/notes`, { text, mentions: [annaId] })).toMatchObject(
    problem('not-eligible', 409),
  )
  expect(await key.post(`${path}/notes`, { text, mentions: [elenaId] })).toMatchObject({ status: 200 })
  expect(await key.post(`${path}/notes`, { text: 'Это тоже о ней', keepFrom: [annaId] })).toMatchObject({
    status: 200,
  })
  await expect.poll(() => elena.allText()).toMatch(/Для вас есть заметка/)
  await anna.byHand(`-.story.${path.slice('/requests/'.length)}`)
  expect(anna.allText()).not.toMatch(/жалуется|тоже о ней|Для вас есть заметка/)
  expect((await key.get(`${path}/details`)).body).toMatchObject({
    lines: [
      { kind: 'staff-note', text, mentioned: [elenaId], keptFrom: [annaId] },
      { kind: 'staff-note', keptFrom: [annaId] },
    ],
  })
  // It is no complaint of the family: what the family writes next goes to whoever has the request.
  expect(await world.database.prisma.requestEvent.count({ where: { hiddenFrom: { has: annaId } } })).toBe(0)
})

test('nobody is told of a request that they may not open, and a system learns so', async () => {
  const { world, key, path } = await openWithRequest()
  await world.staff('Нина', ['oktyabrsky'])
  await world.staff('Ирина', ['leninsky'], 'curator')
  for (const id of [await staffIdOf(world, 'Нина'), await staffIdOf(world, 'Ирина'), missing])
    expect(await key.post(`${path}/notes`, { text: 'Посмотрите', mentions: [id] })).toMatchObject(
      problem('not-eligible', 409),
    )
  expect(await world.database.prisma.requestEvent.count({ where: { kind: 'staff-note' } })).toBe(0)
})

test('notes about a family: curator and supervisor read and answer each other, the family never does', async () => {
  const { world, key, curator, curatorId, supervisor, path, familyId, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const elenaId = await staffIdOf(world, 'Елена')
  await curator.byHand(`-.f-notes.${familyId}`)
  await curator.play([
    ['Написать заметку', 'family-jot'],
    ['Елена', /Узнают: Елена/],
    [{ words: 'Бабушка просит не звонить до обеда' }, /Сообщили: Елена[\s\S]*не звонить до обеда/],
  ])
  await expect.poll(() => supervisor.allText()).toMatch(/Для вас есть заметка: семья № 1/)
  await supervisor.play([['Открыть', /Ирина[\s\S]*не звонить до обеда/]])
  const complaint = { text: 'Ирина опаздывает на визиты', mentions: [elenaId], keepFrom: [curatorId] }
  expect(await key.post(`${path}/notes`, complaint)).toMatchObject({
    status: 201,
    body: { told: [{ name: 'Елена' }], keptFrom: [{ name: 'Ирина' }] },
  })
  await curator.byHand(`-.f-notes.${familyId}`)
  expect(curator.allText()).not.toMatch(/опаздывает/)
  expect((await key.get(`${path}/notes`)).body).toMatchObject({
    items: [
      { author: null, text: complaint.text, keptFrom: [{ id: curatorId }] },
      { author: { name: 'Ирина' }, mentioned: [{ id: elenaId }] },
    ],
  })
  await olga.byHand(`-.f-notes.${familyId}`)
  expect(olga.allText()).not.toMatch(/не звонить|опаздывает/)
  const foreign = await world.staff('Нина', ['oktyabrsky'], 'supervisor')
  await foreign.byHand(`-.f-notes.${familyId}`)
  expect(foreign.allText()).not.toMatch(/не звонить|опаздывает/)
  const seen = await world.database.prisma.auditEntry.findMany({
    where: { action: 'family.notes', familyId },
  })
  expect(new Set(seen.map(({ staffId }) => staffId))).toEqual(new Set([curatorId, elenaId, null]))
})
