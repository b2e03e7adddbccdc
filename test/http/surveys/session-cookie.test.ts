import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { openResults, visitor } from '#test/support/results-page.ts'
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '#src/http/surveys/page/visitor.ts'

const secret = 's'.repeat(43)

/** A browser’s exchange over https, or over http as in the sandbox. */
const exchange = (secure: boolean) => {
  const app = Fastify()
  app.post('/results', (_, reply) => {
    setSessionCookie(reply, secret, { secure })
    return reply.send()
  })
  app.delete('/results', (_, reply) => {
    clearSessionCookie(reply, { secure })
    return reply.send()
  })
  app.get('/results', (request) => ({ read: readSessionCookie(request, { secure }) ?? null }))
  const cookieOf = async (method: 'POST' | 'DELETE') =>
    (await app.inject({ method, url: '/results' })).headers['set-cookie']
  const read = async (cookie: string) =>
    (await app.inject({ method: 'GET', url: '/results', headers: { cookie } })).json().read
  return { cookieOf, read }
}

test('over https no other host of the domain can set the cookie of the results page', async () => {
  const { cookieOf, read } = exchange(true)
  expect(await cookieOf('POST')).toBe(
    `__Host-results=${secret}; Path=/; Max-Age=900; HttpOnly; SameSite=Strict; Secure`,
  )
  expect(await cookieOf('DELETE')).toMatch(/^__Host-results=; Path=\/; Max-Age=0; .*Secure$/)
  expect(await read(`theme=dark; __Host-results=${secret}; a=b`)).toBe(secret)
  for (const planted of [
    `results=${secret}`,
    `__host-results=${secret}`,
    `x__Host-results=${secret}`,
    `__Host-results=${secret}x`,
    `__Host-results`,
  ])
    expect(await read(planted), planted).toBeNull()
})

test('over http, on this machine, it keeps its plain name: browsers would refuse the other one', async () => {
  const { cookieOf, read } = exchange(false)
  expect(await cookieOf('POST')).toBe(
    `results=${secret}; Path=/results; Max-Age=900; HttpOnly; SameSite=Strict`,
  )
  expect(await read(`results=${secret}`)).toBe(secret)
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
  const { origin, pathname } = new URL(href && 'url' in href ? String(href.url) : '')
  expect(origin).toBe(world.app().url)
  const browser = visitor(world)
  const opened = await browser.post(pathname)
  expect(opened.status).toBe(303)
  // Plain http: browsers would refuse `Secure` and `__Host-`.
  expect(opened.headers.get('set-cookie')).toMatch(/^results=[\w-]{43}; Path=\/results; .*SameSite=Strict$/)
  expect((await browser.get('/results')).status).toBe(200)
  // Calendars of families need a public address.
  expect((await fetch(new URL('/calendar/none.ics', world.app().url))).status).toBe(404)
})
