import { describe, expect, test } from 'vitest'
import { atDesk, consoleAddress } from '#test/support/console.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { auditOf, visitor } from '#test/support/results-page.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'

const requestId = ({ path }: { path: string }) => path.slice('/requests/'.length)

describe('the way in', () => {
  test('the bot gives a link that opens the console once, and a preview does not use it up', async () => {
    const { world, anna } = await openWithRequest({ atOnce: true, inside: true })
    await anna.play([
      ['/menu', /Рабочее место|обращени/],
      ['Рабочее место', /Открывается в браузере/],
    ])
    await anna.tap('Открыть в браузере')
    const given = anna.messages().find(({ text }) => text?.includes('Открыть рабочее место'))
    const href = given?.entities?.find((entity) => entity.type === 'text_link')
    const { pathname } = new URL(href && 'url' in href ? String(href.url) : '')
    const browser = visitor(world)
    for (let looks = 0; looks < 3; looks += 1) {
      const page = await browser.get(pathname)
      expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Войти') })
      expect(page.headers.get('set-cookie')).toBeNull()
    }
    const opened = await browser.post(pathname)
    expect(opened.status).toBe(303)
    expect(opened.headers.get('set-cookie')).toMatch(
      /^console=[\w-]{43}; Max-Age=43200; Path=\/console; HttpOnly; SameSite=Strict$/,
    )
    expect((await browser.get('/console')).status).toBe(200)
    const other = visitor(world)
    expect((await other.get(pathname)).status).toBe(404)
    expect((await other.post(pathname)).status).toBe(404)
    expect((await other.get('/console')).status).toBe(401)
    expect(await auditOf(world, await staffIdOf(world, 'Анна'))).toContain('console.entered')
    const kept = JSON.stringify([
      await world.database.prisma.consoleLink.findMany(),
      await world.database.prisma.consoleSession.findMany(),
    ])
    expect(kept).not.toContain(pathname.slice('/console/enter/'.length, 60))
    expect(kept).not.toContain(browser.cookie().slice('console='.length))
  })

  test('a session ends with the working day, after two quiet hours, by leaving, absence and another role', async () => {
    const { world } = await openWithRequest({ atOnce: true, inside: true })
    const id = await staffIdOf(world, 'Анна')
    const { prisma } = world.database
    const status = async (desk: { get(path: string): Promise<{ status: number }> }) =>
      (await desk.get('/console')).status

    const first = await atDesk(world, id)
    expect(await status(first)).toBe(200)
    world.clock.set('2026-11-24T09:30:00Z')
    expect(await status(first)).toBe(401)

    const second = await atDesk(world, id)
    const cookieOfSecond = second.cookie()
    await prisma.staffAbsence.create({
      data: { staffId: id, from: new Date('2026-11-24T09:00:00Z'), until: new Date('2026-11-24T10:00:00Z') },
    })
    expect(await status(second)).toBe(401)
    world.clock.set('2026-11-24T10:01:00Z')
    expect(await status(visitor(world, { cookie: cookieOfSecond }))).toBe(401)

    const other = await atDesk(world, id)
    expect(await status(other)).toBe(200)
    await prisma.staffMember.update({ where: { id }, data: { role: 'supervisor' } })
    expect(await status(other)).toBe(401)

    const third = await atDesk(world, id)
    await prisma.staffMember.update({ where: { id }, data: { active: false } })
    expect(await status(third)).toBe(401)
  })

  test('a stolen form, one of another site and one without an origin are refused', async () => {
    const one = await openWithRequest({ atOnce: true, inside: true })
    const { world } = one
    const desk = await atDesk(world, await staffIdOf(world, 'Анна'))
    const claim = `/console/requests/${requestId(one)}/claim`
    const fields = { csrf: desk.csrf, once: crypto.randomUUID() }
    expect((await desk.post(claim, fields, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await desk.post(claim, fields, { origin: 'null' })).status).toBe(403)
    expect((await desk.post(claim, { ...fields, csrf: 'x'.repeat(43) })).status).toBe(403)
    expect((await visitor(world).post(claim, fields)).status).toBe(401)
    const { status } = await world.database.prisma.request.findFirstOrThrow()
    expect(status).toBe('submitted')
    const address = await consoleAddress(world, await staffIdOf(world, 'Анна'))
    expect((await visitor(world).post(address, {}, { origin: 'https://evil.example' })).status).toBe(403)
  })
})

describe('a form', () => {
  test('is carried out once, however often it is sent, and says what was done', async () => {
    const one = await openWithRequest({ atOnce: true, inside: true })
    const { world } = one
    const desk = await atDesk(world, await staffIdOf(world, 'Анна'))
    const claim = `/console/requests/${requestId(one)}/claim`
    const once = crypto.randomUUID()
    const sent = await Promise.all([1, 2, 3].map(() => desk.send(claim, {}, { once })))
    expect(sent.map(({ status }) => status)).toEqual([303, 303, 303])
    const [next] = sent.map(({ headers }) => headers.get('location'))
    expect(next).toBe(`/console/requests/${requestId(one)}?done=claimed`)
    expect(await world.database.prisma.requestEvent.count({ where: { kind: 'claimed' } })).toBe(1)
  })

  test('that comes after the session has ended gives back what was typed', async () => {
    const one = await openWithRequest({ atOnce: true, inside: true })
    const { world } = one
    const desk = await atDesk(world, await staffIdOf(world, 'Анна'))
    world.clock.set('2026-11-24T10:30:00Z')
    const claim = `/console/requests/${requestId(one)}/claim`
    const answer = await desk.send(claim, { text: '<b>Важные</b> слова', level: 'crisis' })
    expect(answer.status).toBe(401)
    expect(answer.text).toContain('&lt;b&gt;Важные&lt;/b&gt; слова')
    expect(answer.text).toContain('name="level" value="crisis"')
  })
})

describe('live', () => {
  test('an open page learns within a second that a request came', async () => {
    const { world } = await openWithRequest({ atOnce: true, inside: true })
    const anna = await atDesk(world, await staffIdOf(world, 'Анна'))
    const page = await anna.live()
    await expect.poll(() => page.events).toContain('console-here')
    const before = page.events.length
    await submitAsParent(world.person())
    await expect.poll(() => page.events.slice(before)).toContain('console-changed')
    expect((await anna.get('/console/requests')).text).toContain('2026-000002')
    await page.stop()
  })
})
