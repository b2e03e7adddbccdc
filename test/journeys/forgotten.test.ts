import { expect, test } from 'vitest'
import { submitAsParent } from '../support/intake.ts'
import { openOffice, soon } from '../support/office.ts'
import { openWorld, type World } from '../support/world.ts'

// Whatever went wrong before, nobody is forgotten for longer than a few minutes.
const tuesday = '2026-11-24T09:00:00Z'

const sweep = async (world: World) => {
  const office = await openOffice(world)
  await office.does((tx, { enqueue }) => enqueue(tx, 'routing-sweep', {}))
}

const requestOf = ({ database }: World) => database.prisma.request.findFirstOrThrow()

test('a request whose escalation was lost is escalated all the same', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const vera = await world.staff('Вера', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText(), soon).toContain(number)
  // As after a restored backup: the row is there, its job is not, and its time has long passed.
  await world.database.prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'escalation'`
  await world.database.prisma.request.updateMany({ data: { escalateAt: new Date('2026-11-20T09:00:00Z') } })
  await sweep(world)
  await expect.poll(() => vera.allText(), soon).toContain(number)
  expect(await requestOf(world)).toMatchObject({ escalations: 1, status: 'submitted' })
})

test('a request from before there was routing begins to wait for somebody', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText(), soon).toContain(number)
  await world.database.prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'escalation'`
  await world.database.prisma.request.updateMany({ data: { escalateAt: null, assignedToId: null } })
  await sweep(world)
  await expect.poll(async () => (await requestOf(world)).assignedToId, soon).not.toBeNull()
  const { escalateAt } = await requestOf(world)
  expect(escalateAt?.getTime()).toBeGreaterThan(world.clock.now().getTime())
})

test('what somebody who is not there still has goes to others', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText(), soon).toContain(number)
  await anna.tap('Взять')
  const vera = await world.staff('Вера', ['leninsky'])
  // Past the use case that would have queued it.
  await world.database.prisma.staffMember.updateMany({ where: { name: 'Анна' }, data: { active: false } })
  await sweep(world)
  await expect.poll(() => vera.allText(), soon).toContain(number)
  expect(await requestOf(world)).toMatchObject({ status: 'submitted' })
})

test('what is in good hands stays there', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText(), soon).toContain(number)
  const before = await requestOf(world)
  await sweep(world)
  const states = () => world.database.prisma.$queryRaw<{ state: string }[]>`
    SELECT state::text FROM pgboss.job WHERE name = 'routing-sweep' AND state <> 'completed'`
  await expect.poll(states, soon).toEqual([])
  expect(await requestOf(world)).toEqual(before)
  expect(world.lines.filter((line) => line.includes('routing.swept'))).toEqual([])
})
