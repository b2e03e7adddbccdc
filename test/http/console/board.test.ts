import { expect, test } from 'vitest'
import { keepFigures } from '#features/board/kept-figures.ts'
import { concealAccount } from '#storage/accounts.ts'
import { testSealer } from '#test/support/accounts.ts'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { missing, staffIdOf } from '#test/support/submitted.ts'
import { told } from '#test/support/visits.ts'

const pages = [
  '',
  '/waiting',
  '/not-visited',
  '/families?stage=activities',
  '/terms?stage=activities&show=overdue',
  '/ended?month=2026-11-01&outcome=late',
  '/answers?month=2026-11-01',
]

const open = async () => {
  const centre = await openWithFamily({ inside: true })
  const { world } = centre
  const desk = await atDesk(world, await staffIdOf(world, 'Елена'))
  return { ...centre, desk }
}

test('every number of the board opens what it counts, and nobody else opens it', async () => {
  const { world, desk, curatorId, familyId } = await open()
  await submitAsParent(world.person())
  world.clock.set('2026-11-25T08:30:00Z')
  const board = await desk.get('/console/board')
  expect(board.status).toBe(200)
  for (const words of ['Ждут дольше всех', '<b>1</b> обращение никто не взял', 'Ирина', 'Помощь по плану'])
    expect(board.text).toContain(words)
  const links = [...board.text.matchAll(/href="(\/console\/board\/[^"#]+)"/g)].map(([, path = '']) =>
    path.replaceAll('&amp;', '&'),
  )
  expect(links.length).toBeGreaterThan(3)
  for (const path of links) expect((await desk.get(path)).status, path).toBe(200)
  expect((await desk.get(`/console/board/families?of=${curatorId}`)).text).toContain(
    `/console/families/${familyId}`,
  )
  const waiting = await desk.get('/console/board/waiting')
  expect(waiting.text).toMatch(/Обращение 2026-\d+[\s\S]*ждёт/)
  for (const path of [
    '/families',
    '/requests',
    '/visits',
    `/requests?of=${missing}`,
    '/ended?month=2026-11-02&outcome=late',
  ])
    expect((await desk.get(`/console/board${path}`)).status, path).toBe(404)

  await world.staff('Борис', ['oktyabrsky'], 'supervisor')
  const other = await atDesk(world, await staffIdOf(world, 'Борис'))
  expect((await other.get('/console/board/families?stage=activities')).text).not.toContain(familyId)
  expect((await other.get(`/console/board/families?of=${curatorId}`)).status).toBe(404)
  expect((await other.get(`/console/staff/${curatorId}/hand-over`)).status).toBe(404)
  const curator = await atDesk(world, curatorId)
  for (const path of pages) expect((await curator.get(`/console/board${path}`)).status, path).toBe(404)
})

test('that a minor waits longest is audited as in any list', async () => {
  const { world, desk } = await open()
  await submitAsParent(world.person())
  const { prisma } = world.database
  await prisma.request.updateMany({ data: { applicant: 'minor' } })
  await desk.get('/console/board')
  const staffId = await staffIdOf(world, 'Елена')
  expect(await prisma.auditEntry.count({ where: { staffId, action: 'request.flags' } })).toBe(1)
})

test('a family that was visited less than its level asks in the last week is found', async () => {
  const { world, desk, familyId } = await open()
  const { prisma } = world.database
  // Help goes on since before the last week.
  await prisma.caseTerm.updateMany({
    where: { code: 'support' },
    data: { countedFrom: new Date('2026-11-10') },
  })
  expect((await desk.get('/console/board')).text).toContain('<b>1</b> семья без положенных визитов')
  const list = await desk.get('/console/board/not-visited')
  expect(list.text).toContain(`/console/families/${familyId}`)
  expect(list.text).toContain('Визитов 0, положено не меньше')
  const staffId = await staffIdOf(world, 'Ирина')
  for (const day of [16, 17, 18, 19, 20]) {
    const startsAt = new Date(`2026-11-${day}T09:00:00Z`)
    const row = {
      familyId,
      staffId,
      startsAt,
      endsAt: new Date(`2026-11-${day}T10:00:00Z`),
      purpose: 'observation',
      audience: 'family',
    }
    const sealed = {
      content: 'v1.test.content',
      doorCode: 'v1.test.code',
      createdAt: startsAt,
      changedAt: startsAt,
    }
    await prisma.visit.create({ data: { ...row, ...sealed, memberIds: [], status: 'done' } })
  }
  expect((await desk.get('/console/board/not-visited')).text).toContain('Пусто')
})

test('families of one curator are given to another: looked at, confirmed, taken back for a moment, then told', async () => {
  const { world, desk, curatorId, another, member } = await open()
  await another()
  const olga = await member('parent', 'Ольга')
  const maria = await world.staff('Мария', ['leninsky'], 'curator')
  const mariaId = await staffIdOf(world, 'Мария')
  const { prisma } = world.database
  const at = `/console/staff/${curatorId}/hand-over`
  const choose = await desk.get(at)
  expect(choose.text).toContain('Все: 2 семьи')
  expect((await desk.get(`${at}?check=1&to=${mariaId}`)).text).toContain('Отметьте, какие семьи')
  const check = await desk.get(`${at}?check=1&all=1&to=${mariaId}`)
  expect(check.text).toContain('Передать 2 семьи')
  expect((await desk.get(`${at}?check=1&all=1&to=${curatorId}`)).status).toBe(404)
  const numbers = (await prisma.family.findMany()).map(({ number }) => `${number}`)
  const held = () => prisma.family.count({ where: { curatorId } })

  const fields = { f: numbers[0] ?? '', to: mariaId }
  const first = (await desk.send(at, fields)).headers.get('location') ?? ''
  expect((await desk.get(first)).text).toContain('Отменить')
  const undone = await desk.send(`${first}/undo`)
  expect(undone.headers.get('location')).toBe(`${first}?done=handOverUndone`)
  expect((await desk.get(first)).text).toContain('Отменено: 1 семья осталась')
  await makeDue()
  expect(await held()).toBe(2)
  expect(olga.allText()).not.toContain('Мария')

  const once = crypto.randomUUID()
  const second = (await desk.send(at, fields, { once })).headers.get('location') ?? ''
  expect((await desk.send(at, fields, { once })).headers.get('location')).toBe(second)
  expect(await prisma.handOver.count()).toBe(2)
  await makeDue()
  await told(maria, /Теперь вы ведёте семью/)
  await expect.poll(async () => (await desk.get(second)).text).toContain('Передана 1 семья')
  expect(await held()).toBe(1)
  expect((await desk.send(`${second}/undo`)).status).toBe(409)
  await world.staff('Борис', ['leninsky'], 'supervisor')
  const other = await atDesk(world, await staffIdOf(world, 'Борис'))
  expect((await other.get(second)).status).toBe(404)

  /** The fifteen seconds have passed. */
  async function makeDue() {
    await prisma.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE name = 'hand-families' AND state < 'active'`
    await expect
      .poll(
        () => prisma.$queryRaw`SELECT 1 FROM pgboss.job WHERE name = 'hand-families' AND state <= 'active'`,
      )
      .toEqual([])
  }
})

test('figures that cost much are kept as long as that is worth, quick ones never', async () => {
  let now = 0
  const keep = keepFigures<number>(() => now)
  let made = 0
  const taking = (ms: number) => async () => {
    now += ms
    made += 1
    return made
  }
  expect(await keep('a', taking(10))).toBe(1)
  expect(await keep('a', taking(500))).toBe(2)
  now += 5_000
  expect(await keep('a', taking(500))).toBe(2)
  now += 6_000
  // Older than that is worth: answered with what is there, and computed anew beside it.
  expect(await keep('a', taking(500))).toBe(2)
  await Promise.resolve()
  expect(await keep('a', taking(500))).toBe(3)
  now += 61_000
  expect(await keep('a', taking(500))).toBe(4)
  expect(await keep('b', taking(500))).toBe(5)
})

test('«из» is explained where somebody has a limit, and else not mentioned', async () => {
  const { world, desk, curatorId } = await open()
  const { prisma } = world.database
  await prisma.staffMember.updateMany({ data: { capacity: null } })
  const free = (await desk.get('/console/board')).text
  expect(free).toContain('Кто сколько ведёт')
  expect(free).not.toMatch(/«Из»|<small>из/)
  await prisma.staffMember.update({ where: { id: curatorId }, data: { capacity: 5 } })
  const limited = (await desk.get('/console/board')).text
  expect(limited).toContain('<small>из 5</small>')
  expect(limited).toContain('«Из» – предел')
})

test('a centre of hundreds has its people on pages, and none of them is too long', async () => {
  const { world, desk, familyId } = await open()
  const { prisma } = world.database
  const people = Array.from({ length: 250 }, (_, nth) => ({
    id: crypto.randomUUID(),
    name: `Куратор ${nth}`,
  }))
  await prisma.person.createMany({
    data: people.map(({ id, name }) => ({ id, ...concealAccount(testSealer, id, `telegram:${name}`) })),
  })
  await prisma.staffMember.createMany({
    data: people.map(({ id: personId, name }) => ({
      ...{ name, personId, role: 'curator', territories: ['leninsky'] },
    })),
  })
  for (const first of ['/console/board', '/console/staff']) {
    const seen = new Set<string>()
    let path: string | undefined = first
    while (path !== undefined) {
      const { text, bytes } = await desk.get(path)
      expect(bytes.length, path).toBeLessThan(60_000)
      for (const [, name = ''] of text.matchAll(/>(Куратор \d+)</g)) seen.add(name)
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen.size, first).toBe(250)
  }
  const give = await desk.get(`/console/families/${familyId}/give`)
  expect(give.bytes.length).toBeLessThan(60_000)
  expect(give.text.match(/>Куратор \d+ · /g)).toHaveLength(250)
})
