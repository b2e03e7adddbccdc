import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { soon } from '#test/support/office.ts'
import { operatorOf } from '#test/support/operator.ts'
import { problem, staffIdOf } from '#test/support/submitted.ts'
import { told as allTold } from '#test/support/plan.ts'
import { planVisit, told } from '#test/support/visits.ts'

test('a supervisor changes the curator, and who makes a visit; the family is told of both', async () => {
  const { world, key, path, familyId, supervisor, curator, member } = await openWithFamily()
  const { prisma } = world.database
  const olga = await member('parent', 'Ольга')
  const maria = await world.staff('Мария', ['leninsky'], 'curator')
  const visit = await planVisit({ key, path }, { startsAt: '2026-12-01T10:00:00Z' })
  await allTold(world)
  await curator.byHand(`-.f-give.${familyId}`)
  expect(curator.text()).not.toMatch(/кто будет куратором/)

  await supervisor.byHand(`-.f-card.${familyId}`)
  await supervisor.play([
    ['Дело', 'family-file'],
    ['Сменить куратора', /кто будет куратором[\s\S]*Мария: семей 0/],
    ['Мария', /→ Мария[\s\S]*Семья узнает/],
    ['Передать', /Куратор сменён[\s\S]*Куратор: Мария/],
  ])
  const mariaId = await staffIdOf(world, 'Мария')
  expect(await prisma.visit.findUnique({ where: { id: visit.id } })).toMatchObject({ staffId: mariaId })
  await told(maria, /Теперь вы ведёте семью/)
  await allTold(world)
  const kinds = (await prisma.push.findMany({ where: { familyId } })).map(({ kind }) => kind)
  expect(kinds).toEqual(expect.arrayContaining(['curator', 'visit-moved']))

  await supervisor.byHand(`-.f-visit.${visit.id}`)
  // What cannot be undone stands last of what can be done.
  const labels = supervisor.buttons(supervisor.card()).map(({ text }) => text)
  expect(labels.indexOf('Отменить')).toBeGreaterThan(labels.indexOf('Кто придёт'))
  await supervisor.play([
    ['Кто придёт', /кто придёт[\s\S]*Ирина/],
    ['Ирина', /→ Ирина/],
    ['Передать', /придёт другой сотрудник/],
  ])
  expect(await prisma.visit.findUnique({ where: { id: visit.id } })).not.toMatchObject({ staffId: mariaId })
  await olga.play([['/menu', /Мария/]])
})

test('the alarm leads to what nobody has, and a supervisor gives all of it evenly', async () => {
  const { world, key, curatorId, supervisor, path } = await openWithFamily()
  const { prisma } = world.database
  await planVisit({ key, path }, { startsAt: '2026-12-01T10:00:00Z' })
  const second = await key.post('/families', { territory: 'leninsky', level: 'basic', stage: 'activities' })
  expect(second.status).toBe(201)
  const vera = await world.staff('Вера', ['leninsky'])
  await key.post(`/staff/${curatorId}/leave`, { handOverTo: 'evenly' })
  await told(supervisor, /никто не занимается/)
  await vera.byHand('-.orphans.')
  expect(vera.text()).toMatch(/Семей без куратора: 2[\s\S]*Назначает руководитель/)
  await supervisor.tap('Показать список')
  expect(supervisor.text()).toMatch(/Семей без куратора: 2\.\nВизитов, на которые некому прийти: 1/)
  await supervisor.play([
    ['Поровну', /Раздать поровну/],
    ['Передать', /Передать некому: 2/],
  ])
  await world.staff('Мария', ['leninsky'], 'curator')
  const mariaId = await staffIdOf(world, 'Мария')
  await supervisor.play([
    ['Поровну', /Раздать поровну/],
    ['Передать', /Передано: 2[\s\S]*Таких семей и визитов сейчас нет/],
  ])
  expect(await prisma.family.count({ where: { curatorId: mariaId } })).toBe(2)
  expect(await prisma.visit.count({ where: { staffId: mariaId } })).toBe(1)
})

test('a supervisor gives a colleague’s work to others, and ends the account of a lost phone', async () => {
  const { world, supervisor, curator, curatorId, another, key, path } = await openWithFamily()
  const { prisma } = world.database
  await another()
  await planVisit({ key, path }, { startsAt: '2026-12-01T10:00:00Z' })
  await world.staff('Мария', ['leninsky'], 'curator')
  await world.staff('Светлана', ['leninsky', 'oktyabrsky'], 'curator')
  await world.staff('Нина', ['oktyabrsky'], 'supervisor')
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.allText(), soon).toContain(number)
  await anna.tap('Взять')
  await world.staff('Борис', ['leninsky'])
  await supervisor.play([
    ['/menu', 'home'],
    ['Сотрудники', /Ирина[\s\S]*семей: 2, визитов впереди: 1[\s\S]*Анна[\s\S]*Обращений: 1/],
  ])
  // A link of hers would open a territory that is not the supervisor's.
  expect(supervisor.text()).not.toMatch(/Светлана/)
  await supervisor.byHand(`-.colleague.${await staffIdOf(world, 'Светлана')}`)
  expect(supervisor.text()).not.toMatch(/Светлана/)
  await supervisor.play([
    ['/menu', 'home'],
    ['Сотрудники', /Ирина/],
    ['Ирина', /куратор[\s\S]*семей: 2/],
    ['Передать семьи и визиты', /Кому передать[\s\S]*Мария: сейчас 0/],
    ['Мария', /Кому: Мария[\s\S]*Каждая семья узнает/],
    ['Передать', /Передаём/],
  ])
  const mariaId = await staffIdOf(world, 'Мария')
  await expect.poll(() => prisma.family.count({ where: { curatorId: mariaId } }), soon).toBe(2)
  await expect.poll(() => prisma.visit.count({ where: { staffId: mariaId } }), soon).toBe(1)
  expect(await prisma.staffMember.findUnique({ where: { id: curatorId } })).toMatchObject({ active: true })

  await supervisor.play([
    ['/menu', 'home'],
    ['Сотрудники', /Анна/],
    ['Анна', /Обращений: 1/],
    ['Передать обращения', /Кому передать/],
    ['Поровну', /Почему/],
    [{ words: 'Анна на больничном' }, /Передано обращений: 1/],
  ])
  const borisId = await staffIdOf(world, 'Борис')
  expect(await prisma.request.findFirstOrThrow()).toMatchObject({
    status: 'submitted',
    assignedToId: borisId,
  })
  const overseen = { action: 'request.overseen', staffId: await staffIdOf(world, 'Елена') }
  expect(await prisma.auditEntry.count({ where: overseen })).toBe(1)
  await allTold(world)
  await olga.play([['/status', /Прочитает Борис/]])

  // The lost phone: its messages go, its buttons open nothing, and a link makes another one hers.
  expect(curator.allText()).toMatch(/Теперь вы ведёте семью/)
  await supervisor.play([
    ['/menu', 'home'],
    ['Сотрудники', /Ирина/],
    ['Ирина', /куратор/],
    ['Телефон потерян', /Прежний вход закроется сразу/],
    ['Закрыть вход', /Прежний вход закрыт: Ирина/],
  ])
  await expect
    .poll(() => curator.messages().some(({ text }) => /Теперь вы ведёте/.test(text ?? '')), soon)
    .toBe(false)
  await curator.say('/families')
  expect(curator.text()).not.toMatch(/семь[яи] на сопровождении/)
  const link = /start=(s_\S+)/.exec(supervisor.allText())?.[1] ?? ''
  const phone = world.person({ firstName: 'Ирина' })
  await phone.start(link)
  expect(phone.allText()).toMatch(/Здравствуйте, Ирина/)
  const changed = { action: 'staff.changed', subjectId: curatorId, staffId: overseen.staffId }
  expect(await prisma.auditEntry.count({ where: changed })).toBe(2)
})

test('a visit goes to nobody who is absent on its day, whichever way it is given', async () => {
  const { world, key, curatorId, supervisor, path, familyId } = await openWithFamily()
  const { prisma } = world.database
  const maria = await world.staff('Мария', ['leninsky'], 'curator')
  await world.staff('Галина', ['leninsky'], 'curator')
  const [mariaId, galinaId] = [await staffIdOf(world, 'Мария'), await staffIdOf(world, 'Галина')]
  // Галина has more families: only Мария's absence gives her anything.
  const body = { territory: 'leninsky', curatorId: galinaId, level: 'crisis', stage: 'activities' }
  for (let nth = 0; nth < 2; nth += 1) expect((await key.post('/families', body)).status).toBe(201)
  const missed = await planVisit({ key, path }, { startsAt: '2026-12-01T10:00:00Z' })
  const later = await planVisit({ key, path }, { startsAt: '2026-12-08T10:00:00Z' })
  const absence = { from: '2026-11-30T21:00:00Z', until: '2026-12-02T21:00:00Z' }
  expect((await key.post(`/staff/${mariaId}/absences`, absence)).status).toBe(201)
  const made = async () =>
    (await prisma.visit.findMany({ orderBy: { startsAt: 'asc' } })).map(({ staffId }) => staffId)

  // By name: refused, with the piece that cannot be given.
  const visits = [missed.id, later.id]
  const named = await key.post('/reassignments', { staffId: curatorId, handOverTo: mariaId, visits })
  expect(named).toMatchObject({ status: 409, body: { errors: [{ pointer: '#/visits/0' }] } })
  expect((named.body as { errors: unknown[] }).errors).toHaveLength(1)
  await supervisor.byHand(`-.v-give.${missed.id}`)
  expect(supervisor.text()).toMatch(/кто придёт[\s\S]*Галина/)
  expect(supervisor.text()).not.toMatch(/Мария/)
  // The family itself is hers, and that visit somebody else's: both are told, and so is the curator of before.
  await supervisor.byHand(`-.f-card.${familyId}`)
  await supervisor.play([
    ['Дело', 'family-file'],
    ['Сменить куратора', /кто будет куратором/],
    ['Мария', /→ Мария/],
    ['Передать', /Куратор сменён/],
  ])
  expect(await made()).toEqual([galinaId, mariaId])
  await told(maria, /Теперь вы ведёте семью/)
  const changed = { action: 'family.changed', familyId, staffId: await staffIdOf(world, 'Елена') }
  expect(await prisma.auditEntry.count({ where: changed })).toBeGreaterThan(0)

  // Evenly: Мария gives away the family, and gets the visit of the 1st back from nobody.
  const given = await key.post('/reassignments', {
    ...{ staffId: galinaId, handOverTo: 'evenly', visits: [missed.id] },
  })
  expect(given).toMatchObject({ status: 200, body: { visits: [{ staffId: curatorId }] } })
})

test('a curator who becomes an intake specialist leaves an alarm, and is no curator by any door', async () => {
  const { world, key, curatorId, supervisor, path } = await openWithFamily()
  await planVisit({ key, path }, { startsAt: '2026-12-01T10:00:00Z' })
  const operator = await operatorOf(world)
  const said = await operator.command({ name: 'staff-role', staffId: curatorId, role: 'intake' })
  expect(said).toEqual(expect.arrayContaining([expect.stringMatching(/^Still theirs/), 'families\t1']))
  await operator.runs('late-notices', {})
  const alarm = { cause: 'nobody', level: 'supervisors', endedAt: null, toldAt: { not: null } }
  await expect.poll(() => world.database.prisma.workAlarm.count({ where: alarm }), soon).toBe(1)
  await told(supervisor, /1 семья без куратора/)
  await supervisor.byHand('-.orphans.')
  expect(supervisor.text()).toMatch(/Семей без куратора: 1/)
  expect(await key.patch(path, { curatorId: null }, { 'if-match': '*' })).toMatchObject({ status: 200 })
  expect(await key.patch(path, { curatorId }, { 'if-match': '*' })).toMatchObject(
    problem('not-eligible', 409),
  )
})
