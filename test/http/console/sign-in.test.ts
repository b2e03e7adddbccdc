import { expect, test } from 'vitest'
import { deskAwayMs } from '#channels/desk-recipients.ts'
import { inviteStaff } from '#features/staff/invite-staff.ts'
import { atDesk, consoleAddress } from '#test/support/console.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { auditOf, visitor } from '#test/support/results-page.ts'
import { operatorOf } from '#test/support/operator.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

const at = '2026-11-24T07:00:00Z'

/** Somebody whom an operator has added, and who has no Telegram. */
const added = async (world: World, name: string) => {
  const { clock } = world
  const deps = { db: world.database, clock, botUsername: world.telegram.bot.username ?? '' }
  return inviteStaff(deps, { name, role: 'intake', territories: ['leninsky'] })
}

const memberOf = (world: World, id: string) =>
  world.database.prisma.staffMember.findUniqueOrThrow({ where: { id } })

test('whoever has no Telegram comes in by a link, is given work, and reads it at the desk', async () => {
  const world = await openWorld({ at, inside: true })
  const { staff } = await added(world, 'Вера')
  const vera = await atDesk(world, staff.id)
  const number = await submitAsParent(world.person())
  const request = () => world.database.prisma.request.findFirstOrThrow({ where: { number } })
  await expect.poll(async () => (await request()).assignedToId).toBe(staff.id)
  expect((await vera.get('/console')).text).toContain(number)
  const { id } = await request()
  expect((await vera.send(`/console/requests/${id}/claim`)).status).toBe(303)
  expect(await request()).toMatchObject({ status: 'claimed', claimedById: staff.id })
  expect(await memberOf(world, staff.id)).toMatchObject({ unreachableSince: null })
})

test('whoever does not come to the desk any more is not reached, until they come', async () => {
  const world = await openWorld({ at, inside: true })
  const { staff } = await added(world, 'Вера')
  await atDesk(world, staff.id)
  const anna = await world.staff('Анна', ['leninsky'])
  world.clock.set(new Date(Date.parse(at) + deskAwayMs + 60_000).toISOString())
  // She has more room than Анна, who has one already.
  await world.database.prisma.staffMember.updateMany({
    where: { name: 'Анна' },
    data: { lastAssignedAt: world.clock.now() },
  })
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText()).toContain(number)
  await expect.poll(async () => (await memberOf(world, staff.id)).unreachableSince).not.toBeNull()
  await atDesk(world, staff.id)
  expect((await memberOf(world, staff.id)).unreachableSince).toBeNull()
})

test('the bot’s link works after the desk, and Telegram is told from then on', async () => {
  const world = await openWorld({ at, inside: true })
  const { staff, link } = await added(world, 'Вера')
  await atDesk(world, staff.id)
  const vera = world.person({ firstName: 'Вера' })
  await vera.start(new URL(link).searchParams.get('start') ?? '')
  const { deskSince, personId } = await memberOf(world, staff.id)
  expect([deskSince, personId]).toEqual([null, expect.any(String)])
  const number = await submitAsParent(world.person())
  await expect.poll(() => vera.allText()).toContain(number)
})

test('a link in a browser that is in already goes on with its session, and somebody else’s ends it', async () => {
  const world = await openWorld({ at, inside: true })
  for (const name of ['Анна', 'Борис']) await world.staff(name, ['leninsky'])
  const [anna, boris] = [await staffIdOf(world, 'Анна'), await staffIdOf(world, 'Борис')]
  const desk = await atDesk(world, anna)
  const { prisma } = world.database
  world.clock.set('2026-11-24T08:30:00Z')
  expect((await desk.get('/console/confirm')).text).toContain('Подтвердите')
  const again = await desk.post(await consoleAddress(world, anna))
  expect([again.status, again.headers.get('set-cookie')]).toEqual([303, null])
  const [session, ...others] = await prisma.consoleSession.findMany()
  expect([session?.confirmedAt.getUTCHours(), others.length]).toEqual([8, 0])
  expect(await auditOf(world, anna)).toEqual(expect.arrayContaining(['console.entered', 'console.confirmed']))
  const before = desk.cookie()
  expect((await desk.post(await consoleAddress(world, boris))).status).toBe(303)
  expect(desk.cookie()).not.toBe(before)
  expect((await visitor(world, { cookie: before }).get('/console')).status).toBe(401)
})

test('«Выйти везде» ends the sessions of all browsers', async () => {
  const world = await openWorld({ at, inside: true })
  await world.staff('Анна', ['leninsky'])
  const anna = await staffIdOf(world, 'Анна')
  const [office, home] = [await atDesk(world, anna), await atDesk(world, anna)]
  expect((await home.get('/console/me')).text).toContain('Открыт в 2 браузерах')
  expect((await home.send('/console/me/leave')).headers.get('location')).toBe('/console/enter')
  for (const desk of [office, home]) expect((await desk.get('/console')).status).toBe(401)
  expect(await auditOf(world, anna)).toContain('console.left')
})

test('a page to go on with is one of the console', async () => {
  const world = await openWorld({ at, inside: true })
  for (const to of [
    '//evil.example',
    'https://evil.example/console',
    '/api/docs',
    '/\\evil.example/console',
    'javascript:1',
  ])
    expect((await visitor(world).get(`/console/enter?to=${encodeURIComponent(to)}`)).text).not.toContain(
      'evil',
    )
  const answer = await visitor(world).post('/console/enter/passkey', { answer: '{"id":1}', to: '/console' })
  expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('Войти не получилось')])
})

test('an operator gives a link by name, which lets in once', async () => {
  const world = await openWorld({ at, inside: true })
  await added(world, 'Вера')
  const { command } = await operatorOf(world)
  const [said, , address = ''] = await command({ name: 'console-link', who: 'Вера' })
  expect(said).toBe('For Вера (intake) alone')
  const { pathname } = new URL(address)
  expect((await visitor(world).post(pathname)).status).toBe(303)
  expect((await visitor(world).post(pathname)).status).toBe(404)
  await added(world, 'Вера')
  await expect(command({ name: 'console-link', who: 'Вера' })).rejects.toThrow('Several have this first name')
  await expect(command({ name: 'console-link', who: 'Ян' })).rejects.toThrow('No staff member')
})
