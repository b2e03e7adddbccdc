import { expect, test } from 'vitest'
import { openIssuer, walkThrough } from '#test/support/oidc-issuer.ts'
import { operatorOf } from '#test/support/operator.ts'
import { auditOf, visitor } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

/** A centre with a sign-in of its own, and a specialist there. */
const openCentre = async (claim = 'sub', noise: string[] = []) => {
  let world: World | undefined
  const issuer = await openIssuer(() => world?.app().url ?? '')
  world = await openWorld({ at: '2026-11-24T07:00:00Z', inside: true, oidc: issuer.settings(claim), noise })
  await world.staff('Анна', ['leninsky'])
  const { command } = await operatorOf(world)
  return { world, issuer, command, anna: await staffIdOf(world, 'Анна') }
}

/** Goes to the centre's sign-in and comes back, with cookies of both sites. */
const comeBy = async (world: World, browser = visitor(world), to = '') => {
  const begun = await browser.get(`/console/enter/oidc${to}`)
  expect(begun.status).toBe(303)
  const back = await walkThrough(begun.headers.get('location') ?? '', world.app().url)
  return {
    browser,
    back,
    way: begun.headers.get('set-cookie')?.split(';')[0] ?? '',
    set: begun.headers.get('set-cookie'),
  }
}

test('somebody whom the operator has linked comes in by the centre’s sign-in, and nobody else', async () => {
  const { world, issuer, command, anna } = await openCentre()
  issuer.is({ sub: 'a.orlova' })
  expect((await visitor(world).get('/console/enter')).text).toContain('/console/enter/oidc')
  const stranger = await comeBy(world)
  expect(await stranger.browser.get(stranger.back)).toMatchObject({ status: 404 })

  expect(
    await command({ name: 'console-identity', staffId: anna, value: 'a.orlova', remove: false }),
  ).toEqual([expect.stringContaining('claim sub')])
  const { browser, back, set, way } = await comeBy(world, visitor(world), '?to=/console/requests')
  expect(set).toMatch(/; HttpOnly; SameSite=Lax$/)
  const entered = await browser.get(back)
  expect(entered).toMatchObject({
    status: 200,
    text: expect.stringContaining('content="0;url=/console/requests"'),
  })
  expect(entered.headers.getSetCookie().join()).toMatch(/console=[\w-]{43}; .*SameSite=Strict/)
  expect(await auditOf(world, anna)).toContain('console.entered')
  // The same answer again, in another browser, and without the way that this browser began.
  expect((await visitor(world, { cookie: way }).get(back)).status).toBe(404)
  expect((await visitor(world).get(back)).status).toBe(404)
  const kept = JSON.stringify(await world.database.prisma.consoleIdentity.findMany())
  expect(kept).not.toContain('orlova')

  await command({ name: 'console-identity', staffId: anna, remove: true })
  const ended = await comeBy(world)
  expect((await ended.browser.get(ended.back)).status).toBe(404)
})

test('an answer of another way, of another time or with another state lets nobody in', async () => {
  const { world, issuer, command, anna } = await openCentre()
  issuer.is({ sub: 'a.orlova' })
  await command({ name: 'console-identity', staffId: anna, value: 'a.orlova', remove: false })
  const [one, other] = [await comeBy(world), await comeBy(world)]
  expect((await other.browser.get(one.back)).status).toBe(404)
  const third = await comeBy(world)
  expect((await third.browser.get(third.back.replace(/state=[^&]+/, 'state=x'))).status).toBe(404)
  const late = await comeBy(world)
  world.clock.set('2026-11-24T07:20:00Z')
  expect((await late.browser.get(late.back)).status).toBe(404)
  expect(await world.database.prisma.consoleSession.count()).toBe(0)
})

test('an address of mail counts only if it is verified', async () => {
  const { world, issuer, command, anna } = await openCentre('email')
  await command({ name: 'console-identity', staffId: anna, value: 'Anna@centre.example', remove: false })
  issuer.is({ sub: '1', email: 'anna@centre.example', email_verified: false })
  const claimed = await comeBy(world)
  expect((await claimed.browser.get(claimed.back)).status).toBe(404)
  issuer.is({ email_verified: true })
  const verified = await comeBy(world)
  expect((await verified.browser.get(verified.back)).status).toBe(200)
})

test('a sign-in that is away is said to be away', async () => {
  const settings = {
    issuer: 'http://127.0.0.1:9',
    clientId: 'ryadom',
    clientSecret: 'x'.repeat(16),
    claim: 'sub',
  }
  const world = await openWorld({ inside: true, oidc: settings, noise: ['console.sign-in-failed'] })
  const answer = await visitor(world).get('/console/enter/oidc')
  expect(answer).toMatchObject({ status: 503, text: expect.stringContaining('не отвечает') })
})
