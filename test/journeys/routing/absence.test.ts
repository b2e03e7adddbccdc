import { expect, test } from 'vitest'
import { addAbsence, changeStaff, endAbsence } from '#features/staff/absences.ts'
import { absentWithOpenRequests } from '#storage/routing/overdue-requests.ts'
import type { Chat } from '#test/support/chat.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { expectJobsDone } from '#test/support/invariants.ts'
import { openOffice, soon } from '#test/support/office.ts'
import { openWorld } from '#test/support/world.ts'

// Absent members leave nothing unattended: their requests are reassigned, and waiting ones are assigned on
// return.
const tuesday = '2026-11-24T09:00:00Z'
const days = 24 * 60

const cardOf = (chat: Chat, words: RegExp | string) => expect.poll(() => chat.allText(), soon).toMatch(words)

const annaHasTwo = async () => {
  const world = await openWorld({ at: tuesday })
  const office = await openOffice(world)
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const taken = await submitAsParent(olga)
  await cardOf(anna, taken)
  await anna.play([['Взять', /Взято вами/]])
  await cardOf(olga, /новое сообщение/)
  const waiting = await submitAsParent(world.person())
  await cardOf(anna, waiting)
  const { id: staffId } = await office.member('Анна')
  const away = (from: number, until: number) => {
    const now = world.clock.now()
    const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
    return office.does((tx, deps) => addAbsence(tx, deps, { staffId, from: at(from), until: at(until), now }))
  }
  const requests = () =>
    world.database.prisma.request.findMany({ orderBy: { number: 'asc' }, include: { assignedTo: true } })
  return { world, office, anna, olga, taken, waiting, staffId, away, requests }
}

test('requests of an absent specialist are reassigned; a claimed one is released, and the family is notified', async () => {
  const { world, anna, olga, taken, waiting, away, requests } = await annaHasTwo()
  const vera = await world.staff('Вера', ['leninsky'])
  await away(0, 7 * days)
  for (const number of [taken, waiting]) await cardOf(vera, number)
  expect((await requests()).map(({ status, assignedTo }) => [status, assignedTo?.name])).toEqual([
    ['submitted', 'Вера'],
    ['submitted', 'Вера'],
  ])
  await expect.poll(() => olga.allText().match(/новое сообщение/g)?.length, soon).toBe(2)
  await olga.play([['/status', /Сейчас: обращение у нас/]])
  const decisions = await world.database.prisma.routingDecision.findMany({ orderBy: { id: 'desc' }, take: 2 })
  for (const { trigger, reason } of decisions) {
    expect(trigger).toBe('absence')
    expect(reason).toMatchObject({ by: 'only' })
  }
  expect(anna.allText()).not.toMatch(/→ Анна: .*отсутству/)
  // Nothing new comes while she is away.
  const next = await submitAsParent(world.person())
  await cardOf(vera, next)
  expect(anna.allText()).not.toContain(next)
})

test('an absence that is planned begins in its time', async () => {
  const { world, office, waiting, away, requests } = await annaHasTwo()
  const vera = await world.staff('Вера', ['leninsky'])
  await away(60, 120)
  // The queue's clock is ahead of ours, by however much: the job waits for the rest.
  await office.later(15, 'reassign')
  const names = async () => (await requests()).map(({ assignedTo }) => assignedTo?.name)
  const postponed = () =>
    world.lines.filter((line) => line.includes('job.postponed') && line.includes('"reassign"')).length
  await expect.poll(postponed, soon).toBe(2)
  expect(await names()).toEqual(['Анна', 'Анна'])
  await office.later(45, 'reassign')
  await cardOf(vera, waiting)
  await expect.poll(names, soon).toEqual(['Вера', 'Вера'])
})

test('a request claimed during an absence stays with its specialist, despite sweeps', async () => {
  const { world, office, anna, away, requests } = await annaHasTwo()
  const vera = await world.staff('Вера', ['leninsky'])
  const { id: absenceId } = await away(0, 7 * days)
  const names = async () =>
    (await requests()).map(({ status, assignedTo }) => `${status} ${assignedTo?.name}`)
  await expect.poll(names, soon).toEqual(['submitted Вера', 'submitted Вера'])
  const next = await submitAsParent(world.person())
  await cardOf(vera, next)
  world.clock.forward(60_000)
  await anna.play([
    ['/queue', 'queue'],
    [next, 'case'],
    ['Взять', /Взято вами/],
  ])
  // The absence goes on, and began before the claim.
  const { prisma } = world.database
  const inDays = (count: number) => new Date(world.clock.now().getTime() + count * days * 60_000)
  await prisma.staffAbsence.update({ where: { id: absenceId }, data: { from: inDays(-1) } })
  const foundByNet = () => world.database.transaction((tx) => absentWithOpenRequests(tx, world.clock.now()))
  expect(await foundByNet()).toEqual([])
  const { id: staffId } = await office.member('Анна')
  await office.does((tx, { enqueue }) => enqueue(tx, 'reassign', { staffId }))
  await expectJobsDone(world.database)
  expect(await names()).toEqual(['submitted Вера', 'submitted Вера', 'claimed Анна'])
  // What was taken before an absence is found by the net.
  const claimed = { where: { claimedAt: { not: null } }, data: { claimedAt: inDays(-2) } }
  await prisma.request.updateMany(claimed)
  expect(await foundByNet()).toEqual([staffId])
})

test('the only specialist leaves at night: the supervisor gets the card at once, the others in duty hours', async () => {
  const world = await openWorld({ at: '2026-11-24T19:00:00Z' })
  const office = await openOffice(world)
  const anna = await world.staff('Анна', ['leninsky'])
  const hours = { dutyHours: { wed: ['09:00', '18:00'] as [string, string] } }
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor', hours)
  const boris = await world.staff('Борис', ['oktyabrsky'], 'intake', hours)
  const number = await submitAsParent(world.person())
  await cardOf(anna, number)
  const { id: staffId } = await office.member('Анна')
  const now = world.clock.now()
  const until = new Date(now.getTime() + days * 60_000)
  await office.does((tx, deps) => addAbsence(tx, deps, { staffId, from: now, until, now }))
  await cardOf(nina, number)
  await expectJobsDone(world.database)
  expect(boris.allText()).not.toContain(number)
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ assignedToId: null })
})

test('if all are absent they are notified all the same, except the one who gave it up', async () => {
  const world = await openWorld({ at: tuesday })
  const office = await openOffice(world)
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await cardOf(anna, number)
  const vera = await world.staff('Вера', ['leninsky'])
  const { id: staffId } = await office.member('Вера')
  const now = world.clock.now()
  const until = new Date(now.getTime() + days * 60_000)
  await office.does((tx, deps) => addAbsence(tx, deps, { staffId, from: now, until, now }))
  const before = anna.card().message_id
  await anna.play([
    ['Передать', 'pass-on'],
    [{ words: 'Знаю эту семью лично.' }, /Передано\. Свободных специалистов сейчас нет/],
  ])
  await cardOf(vera, number)
  await expectJobsDone(world.database)
  const cards = anna
    .messages()
    .filter(({ message_id, text }) => message_id > before && text?.includes('Заявление'))
  expect(cards).toEqual([])
})

test('if nobody else is present it stays unassigned until the first one returns', async () => {
  const { world, office, anna, olga, taken, staffId, away, requests } = await annaHasTwo()
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  const boris = await world.staff('Борис', ['oktyabrsky'])
  const { id: absenceId } = await away(0, 7 * days)
  for (const chat of [nina, boris]) await cardOf(chat, taken)
  const states = async () => (await requests()).map(({ status, assignedToId }) => [status, assignedToId])
  await expect.poll(states, soon).toEqual([
    ['submitted', null],
    ['submitted', null],
  ])
  await olga.play([['/status', /Сейчас: обращение у нас/]])
  const now = world.clock.now()
  await office.does((tx, deps) => endAbsence(tx, deps, { absenceId, staffId, now }))
  await expect.poll(states, soon).toEqual([
    ['submitted', staffId],
    ['submitted', staffId],
  ])
  await expect.poll(() => anna.text(), soon).toMatch(/→ Анна: других сейчас нет/)
})

test('the end of an absence assigns waiting requests automatically', async () => {
  const { world, office, away, staffId, requests } = await annaHasTwo()
  await away(0, 60)
  const holders = async () => (await requests()).map(({ assignedToId }) => assignedToId)
  await expect.poll(holders, soon).toEqual([null, null])
  await office.later(60, 'reassign')
  await expect.poll(holders, soon).toEqual([staffId, staffId])
  expect(await world.database.prisma.staffAbsence.count()).toBe(1)
})

test('a deactivated member leaves nothing unattended', async () => {
  const { world, office, taken, staffId, requests } = await annaHasTwo()
  const vera = await world.staff('Вера', ['leninsky'])
  const { revision } = await office.member('Анна')
  const stop = () =>
    office.does((tx, deps) =>
      changeStaff(tx, deps, { staffId, revision, changes: { active: false }, now: world.clock.now() }),
    )
  await stop()
  await cardOf(vera, taken)
  const names = async () => (await requests()).map(({ assignedTo }) => assignedTo?.name)
  await expect.poll(names, soon).toEqual(['Вера', 'Вера'])
  await expect(stop()).rejects.toMatchObject({ code: 'stale' })
})

test('an absence that is over, or ends before it begins, is refused; an unknown one cannot be ended', async () => {
  const { world, office, away, staffId } = await annaHasTwo()
  await expect(away(-120, -60)).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(away(60, 60)).rejects.toMatchObject({ code: 'invalid-input' })
  const { id: absenceId } = await away(60, 120)
  const end = () => {
    const now = world.clock.now()
    return office.does((tx, deps) => endAbsence(tx, deps, { absenceId, staffId, now }))
  }
  await end()
  await expect(end()).rejects.toMatchObject({ code: 'not-found' })
  expect(await world.database.prisma.staffAbsence.count()).toBe(0)
})
