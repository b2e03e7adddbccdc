import { expect, test } from 'vitest'
import { submitAsParent } from '#test/support/intake.ts'
import { openOffice, soon } from '#test/support/office.ts'
import { openWorld, type World } from '#test/support/world.ts'

// Whatever went wrong, no request is forgotten for longer than a few minutes.
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

test('a request from before routing existed is routed', async () => {
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

test('requests of absent staff are reassigned', async () => {
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

test('a request that always fails does not block others, and is logged', async () => {
  const world = await openWorld({ at: tuesday, noise: ['routing.sweep-failed'] })
  const anna = await world.staff('Анна', ['leninsky'])
  const numbers: string[] = []
  for (let count = 0; count < 4; count += 1) numbers.push(await submitAsParent(world.person()))
  await expect.poll(() => anna.allText(), soon).toContain(numbers[3])
  const { prisma } = world.database
  await prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'escalation'`
  await prisma.request.updateMany({ data: { escalateAt: new Date('2026-11-20T09:00:00Z') } })
  const bad = await prisma.request.findUniqueOrThrow({ where: { number: numbers[0] ?? '' } })
  await prisma.$executeRawUnsafe(`ALTER TABLE requests ADD CHECK (id <> '${bad.id}' OR escalations = 0)`)
  await sweep(world)
  const escalated = async () =>
    (await prisma.request.findMany({ orderBy: { number: 'asc' } })).map(({ escalations }) => escalations)
  await expect.poll(escalated, soon).toEqual([0, 1, 1, 1])
  const failed = () => world.lines.filter((line) => line.includes('routing.sweep-failed'))
  await expect.poll(failed, soon).not.toEqual([])
  expect(JSON.parse(failed()[0] ?? '')).toMatchObject({ level: 50, requestId: bad.id })
})

test('a failed reassignment for one absent member does not block others', async () => {
  const world = await openWorld({ at: tuesday, noise: ['routing.sweep-failed'] })
  const [anna, boris] = [await world.staff('Анна', ['leninsky']), await world.staff('Борис', ['leninsky'])]
  for (const chat of [anna, boris]) {
    const number = await submitAsParent(world.person())
    await expect.poll(() => chat.allText(), soon).toContain(number)
  }
  await world.staff('Вера', ['leninsky'])
  const { prisma } = world.database
  await prisma.staffMember.updateMany({ where: { name: { not: 'Вера' } }, data: { active: false } })
  const { id } = await prisma.request.findFirstOrThrow({ where: { assignedTo: { name: 'Анна' } } })
  await prisma.$executeRawUnsafe(`ALTER TABLE requests ADD CHECK (id <> '${id}' OR revision = 0)`)
  await sweep(world)
  const holders = async () =>
    (await prisma.request.findMany({ include: { assignedTo: true } })).map(
      ({ assignedTo }) => assignedTo?.name,
    )
  await expect.poll(async () => (await holders()).toSorted(), soon).toEqual(['Анна', 'Вера'])
  await expect.poll(() => world.lines.some((line) => line.includes('routing.sweep-failed')), soon).toBe(true)
})

test('requests of present staff stay with them', async () => {
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
