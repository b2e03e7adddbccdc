import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { dropSession, keepSession, readSession } from '#console/session-cookie.ts'
import { openResults, visitor } from '#test/support/results-page.ts'

const secret = 's'.repeat(43)

/** A browser’s exchange over https, or over http as in the sandbox. */
const exchange = (secure: boolean) => {
  const app = Fastify()
  app.register(cookie)
  app.post('/console', (_, reply) => {
    keepSession(reply, secret, { secure })
    return reply.send()
  })
  app.delete('/console', (_, reply) => {
    dropSession(reply, { secure })
    return reply.send()
  })
  app.get('/console', (request) => ({ read: readSession(request, { secure }) ?? null }))
  const cookieOf = async (method: 'POST' | 'DELETE') =>
    (await app.inject({ method, url: '/console' })).headers['set-cookie']
  const read = async (cookie: string) =>
    (await app.inject({ method: 'GET', url: '/console', headers: { cookie } })).json().read
  return { cookieOf, read }
}

test('over https no other host of the domain can set the cookie of the console', async () => {
  const { cookieOf, read } = exchange(true)
  expect(await cookieOf('POST')).toBe(
    `__Host-console=${secret}; Max-Age=43200; Path=/; HttpOnly; Secure; SameSite=Strict`,
  )
  expect(await cookieOf('DELETE')).toMatch(/^__Host-console=; .*Path=\/; .*Secure/)
  expect(await read(`theme=dark; __Host-console=${secret}; a=b`)).toBe(secret)
  for (const planted of [
    `console=${secret}`,
    `__host-console=${secret}`,
    `x__Host-console=${secret}`,
    `__Host-console=${secret}x`,
    `__Host-console`,
  ])
    expect(await read(planted), planted).toBeNull()
})

test('over http, on this machine, it keeps its plain name: browsers would refuse the other one', async () => {
  const { cookieOf, read } = exchange(false)
  expect(await cookieOf('POST')).toBe(
    `console=${secret}; Max-Age=43200; Path=/console; HttpOnly; SameSite=Strict`,
  )
  expect(await read(`console=${secret}`)).toBe(secret)
})

test("with long polling and LOCAL_URL the bot's link opens the page inside the centre's network", async () => {
  const { world, supervisor } = await openResults({ inside: true })
  await supervisor.play([
    ['/menu', /Семьи|Здравствуйте/],
    ['Итоги опросов', /Что отвечают семьи/],
  ])
  await supervisor.tap('Открыть в браузере')
  const given = supervisor.messages().find(({ text }) => text?.includes('Открыть итоги опросов'))
  const href = given?.entities?.find((entity) => entity.type === 'text_link')
  const { origin, pathname, search } = new URL(href && 'url' in href ? String(href.url) : '')
  expect(origin).toBe(world.app().url)
  const browser = visitor(world)
  const opened = await browser.post(`${pathname}${search}`)
  expect(opened.status).toBe(303)
  // Plain http: browsers would refuse `Secure` and `__Host-`.
  expect(opened.headers.get('set-cookie')).toMatch(
    /^console=[\w-]{43}; .*Path=\/console; HttpOnly; SameSite=Strict$/,
  )
  expect((await browser.get('/console/surveys')).status).toBe(200)
  // Calendars of families need a public address.
  expect((await fetch(new URL('/calendar/none.ics', world.app().url))).status).toBe(404)
})
