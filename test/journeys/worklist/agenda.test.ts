import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { openOffice } from '#test/support/office.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { planVisit } from '#test/support/visits.ts'
import { workPasses } from '#test/support/waiting.ts'

// Wednesday, 25 November, 10:00 in Moscow.
const agendas = (text: string) => text.match(/Доброе утро/g)?.length ?? 0

test('one message in the morning of a working day: what is overdue, today’s visits by their hour, unread words', async () => {
  const family = await openWithFamily()
  const { world, curator, supervisor, member, curatorId } = family
  const office = await openOffice(world)
  const { prisma } = world.database
  const hours = { mon: ['08:00', '17:00'], thu: ['08:00', '17:00'], sat: ['08:00', '17:00'] }
  await prisma.staffMember.update({ where: { id: curatorId }, data: { dutyHours: hours } })
  const dasha = await member('minor', 'Даша')
  await planVisit(family, { startsAt: '2026-11-26T12:00:00Z', place: 'Школа № 7' })
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Когда вы придёте?' }, /Прочитает Ирина/],
  ])
  await workPasses(world, office, '2026-11-26T04:59:00Z')
  expect(agendas(curator.allText())).toBe(0)
  // Twice at once, as from two instances.
  await Promise.all([1, 2].map(() => workPasses(world, office, '2026-11-26T05:01:00Z')))
  expect(agendas(curator.allText())).toBe(1)
  expect(curator.allText()).toMatch(
    /Доброе утро\. Сегодня, 26 ноября[\s\S]*Визиты[\s\S]*• 15:00 – семья № \d+\nАдрес и код у двери – в визите/,
  )
  // It shows on a lock screen: no name, place, code or word of the family, which are a tap away, and that is audited.
  expect(curator.allText()).not.toMatch(/Даша|Когда вы придёте|Школа|🚪|Код у двери/)
  const looks = { where: { action: 'family.visits', staffId: curatorId } }
  expect(await prisma.auditEntry.count(looks)).toBe(0)
  await curator.play([['Визит в 15:00', /Школа № 7[\s\S]*Код у двери: \d{4}/]])
  expect(await prisma.auditEntry.count(looks)).toBe(1)
  // Later that day nothing comes again; a supervisor who has nothing to do gets nothing.
  await workPasses(world, office, '2026-11-26T08:00:00Z')
  expect(agendas(curator.allText())).toBe(1)
  expect(agendas(supervisor.allText())).toBe(0)
  // Nobody works on Saturday, whatever their hours.
  await workPasses(world, office, '2026-11-28T05:01:00Z')
  expect(agendas(curator.allText())).toBeLessThanOrEqual(1)
  await dasha.play([['/menu', 'home']])
  // On Monday the words still wait; the visit is over.
  await workPasses(world, office, '2026-11-30T05:01:00Z')
  expect(curator.allText()).toMatch(
    /Доброе утро\. Сегодня, 30 ноября[\s\S]*Просрочено[\s\S]*Обещали ответить/,
  )
})

test('whoever is absent, or begins later, gets none', async () => {
  const { world, curator, curatorId, member } = await openWithFamily()
  const office = await openOffice(world)
  const dasha = await member('minor', 'Даша')
  await dasha.play([
    ['Написать куратору', 'messages'],
    [{ words: 'Когда вы придёте?' }, /Прочитает Ирина/],
  ])
  await world.database.prisma.staffAbsence.create({
    data: {
      staffId: curatorId,
      from: new Date('2026-11-25T20:00:00Z'),
      until: new Date('2026-11-26T20:00:00Z'),
    },
  })
  await workPasses(world, office, '2026-11-26T06:01:00Z')
  expect(agendas(curator.allText())).toBe(0)
  // Nothing ran in the morning: it is not sent in the evening.
  await workPasses(world, office, '2026-11-27T13:30:00Z')
  expect(agendas(curator.allText())).toBe(0)
  await workPasses(world, office, '2026-11-30T06:01:00Z')
  expect(agendas(curator.allText())).toBe(1)
})

test('what is over, or somebody else’s, when it is sent is not in it; nor is yesterday’s sent today', async () => {
  const { world, curator, curatorId, member, key, path } = await openWithFamily()
  const office = await openOffice(world)
  const dasha = await member('minor', 'Даша')
  await dasha.play([
    ['Написать куратору', 'messages'],
    [{ words: 'Когда вы придёте?' }, /Прочитает Ирина/],
  ])
  const vera = await world.staff('Вера', ['leninsky'], 'curator')
  const veraId = await staffIdOf(world, 'Вера')
  world.clock.set('2026-11-26T06:00:00Z')
  const collected = (staffId: string, at: string) =>
    office.does((tx, { enqueue }) =>
      enqueue(tx, 'work-news', { staffId, news: 'agenda', at }, { startAfter: 3600 }),
    )
  await collected(curatorId, '2026-11-26T06:00:00Z')
  await collected(veraId, '2026-11-25T06:00:00Z')
  await key.patch(path, { curatorId: veraId }, { 'if-match': '*' })
  await workPasses(world, office, '2026-11-26T06:00:30Z')
  expect(agendas(curator.allText())).toBe(0)
  // Of today she gets her own, with what came to her meanwhile.
  expect(agendas(vera.allText())).toBe(1)
})
