import { describe, expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { atDesk } from '#test/support/console.ts'
import { addressFor, auditOf, openResults, playAnswers, visitor } from '#test/support/results-page.ts'

describe('a link', () => {
  test('from the bot opens the results once, and a preview does not use it up', async () => {
    const { world, supervisor, supervisorId } = await openResults()
    await supervisor.play([
      ['/menu', /Семьи|Здравствуйте/],
      ['Итоги опросов', /Что отвечают семьи/],
    ])
    await supervisor.tap('Открыть в браузере')
    const given = supervisor.messages().find(({ text }) => text?.includes('Открыть итоги опросов'))
    const href = given?.entities?.find((entity) => entity.type === 'text_link')
    const { pathname, search } = new URL(href && 'url' in href ? String(href.url) : '')
    expect(search).toBe('?to=surveys')
    const browser = visitor(world)
    for (let looks = 0; looks < 3; looks += 1) {
      const page = await browser.get(`${pathname}${search}`)
      expect(page.status).toBe(200)
      expect(page.text).toContain('<button>Войти</button>')
      expect(page.headers.get('set-cookie')).toBeNull()
    }
    const opened = await browser.post(`${pathname}${search}`)
    expect(opened).toMatchObject({ status: 303, text: '' })
    expect(opened.headers.get('location')).toBe('/console/surveys')
    expect(opened.headers.get('set-cookie')).toMatch(
      /^console=[\w-]{43}; Max-Age=43200; Path=\/console; HttpOnly; SameSite=Strict$/,
    )
    expect((await browser.get('/console/surveys')).status).toBe(200)

    const other = visitor(world)
    expect((await other.get(pathname)).status).toBe(404)
    expect(await other.post(pathname)).toMatchObject({
      status: 404,
      text: expect.stringContaining('Здесь ничего нет'),
    })
    expect((await other.get('/console/surveys')).status).toBe(401)
    // The database reveals neither the secret of the link nor that of the session.
    const kept = JSON.stringify([
      await world.database.prisma.consoleLink.findMany(),
      await world.database.prisma.consoleSession.findMany(),
    ])
    expect(kept).not.toContain(pathname.slice('/console/enter/'.length, 60))
    expect(kept).not.toContain(browser.cookie().slice('console='.length))
    expect(await auditOf(world, supervisorId)).toEqual(['console.entered'])
  })

  test('works once under concurrency, is replaced by a new one, and expires after ten minutes', async () => {
    const { world, supervisorId } = await openResults()
    const first = new URL(await addressFor(world, supervisorId)).pathname
    const second = new URL(await addressFor(world, supervisorId)).pathname
    expect((await visitor(world).get(first)).status).toBe(404)
    const statuses = await Promise.all([1, 2, 3].map(async () => (await visitor(world).post(second)).status))
    expect(statuses.sort()).toEqual([303, 404, 404])
    const third = new URL(await addressFor(world, supervisorId)).pathname
    world.clock.set('2026-11-25T07:11:00Z')
    expect((await visitor(world).get(third)).status).toBe(404)
    expect((await visitor(world).post(third)).status).toBe(404)
  })

  test('that is forged never reaches the database', async () => {
    const { world, supervisorId } = await openResults()
    const { pathname } = new URL(await addressFor(world, supervisorId))
    const [token = '', signature = ''] = pathname.slice('/console/enter/'.length).split('.')
    const turned = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`
    for (const forged of [
      `${turned}.${signature}`,
      `${token}.${signature.slice(0, -2)}AA`,
      token,
      'a',
      '..%2F',
    ])
      expect((await visitor(world).get(`/console/enter/${forged}`)).status).toBe(404)
    expect((await visitor(world).get(pathname)).status).toBe(200)
  })

  test('of a former supervisor is invalid, and their session ends at once', async () => {
    const { world, key, supervisorId } = await openResults()
    const browser = await atDesk(world, supervisorId)
    const { pathname } = new URL(await addressFor(world, supervisorId))
    expect((await browser.get('/console/surveys')).status).toBe(200)
    const staff = await key.get(`/staff/${supervisorId}`)
    const changed = await key.call('PATCH', `/staff/${supervisorId}`, {
      body: { role: 'curator' },
      headers: { 'if-match': staff.headers.get('etag') ?? '' },
    })
    expect(changed.status).toBe(200)
    expect(await browser.get('/console/surveys')).toMatchObject({
      status: 401,
      text: expect.stringContaining('Вход закончился'),
    })
    expect((await browser.get('/console/surveys/files/figures.csv')).status).toBe(401)
    expect((await visitor(world).post(pathname)).status).toBe(404)
  })
})

describe('a session', () => {
  test('ends after two quiet hours, and on sign-out', async () => {
    const { world, supervisorId } = await openResults()
    const one = await atDesk(world, supervisorId)
    const other = await atDesk(world, supervisorId)
    expect((await one.send('/console/exit')).text).toContain('Вы вышли')
    expect((await one.get('/console/surveys')).status).toBe(401)
    expect((await other.get('/console/surveys')).status).toBe(200)
    world.clock.set('2026-11-25T09:01:00Z')
    expect((await other.get('/console/surveys')).status).toBe(401)
    expect((await visitor(world, { cookie: 'console=' }).get('/console/surveys')).status).toBe(401)
  })

  test('accepts forms of its own page only', async () => {
    const { world, supervisorId } = await openResults()
    const browser = await atDesk(world, supervisorId)
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    const form = { csrf: browser.csrf, once: crypto.randomUUID() }
    for (const headers of foreign) {
      expect((await browser.post('/console/surveys', { ...form, survey: 'interim' }, headers)).status).toBe(
        403,
      )
      expect((await browser.post('/console/exit', form, headers)).status).toBe(403)
    }
    expect((await browser.get('/console/surveys')).text).toContain('Как прошёл визит: ')
  })

  test('stores the filter; URLs do not contain it, browsers cache nothing, scripts in pages are forbidden', async () => {
    const { world, curatorId, supervisorId } = await openResults()
    await playAnswers(world, curatorId)
    const browser = await atDesk(world, supervisorId)
    const asked = {
      survey: 'interim',
      from: '2026-06',
      until: '2026-11',
      only: 'kind:legal',
      territory: 'leninsky',
    }
    const sent = await browser.send('/console/surveys', asked)
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/console/surveys'])
    const page = await browser.get('/console/surveys')
    expect(page.text).toContain('Как идёт помощь: июнь 2026 – ноябрь 2026')
    expect(page.text).toContain('<option value="kind:legal" selected>')
    expect(page.text).toContain('<option value="leninsky" selected>')
    expect(page.text).not.toMatch(
      /<script(?! src="\/console\/assets\/[\w.?=]+" defer>)|\sstyle=|\son\w+=|<img|<iframe|https?:\/\/(?!www\.w3\.org)/,
    )
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; script-src 'self'; style-src 'self'; .*form-action 'self'/,
      ),
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    // An impossible choice does no harm.
    for (const wrong of [
      {
        territory: 'oktyabrsky',
        survey: 'no-such',
        from: '1999-01',
        until: '2026-99',
        only: 'curator:1',
        version: '-1',
      },
      { only: "level:' OR 1=1", territory: '<script>', survey: 'x'.repeat(3000) },
    ]) {
      expect((await browser.send('/console/surveys', wrong)).status).toBe(303)
      const after = await browser.get('/console/surveys')
      expect(after.status).toBe(200)
      expect(after.text).not.toMatch(/oktyabrsky|Октябрьский|<script>/)
    }
    expect((await browser.send('/console/surveys', { survey: 'x'.repeat(300_000) })).status).toBe(413)
  })
})

test('without a public URL there is no page, and the bot says so', async () => {
  const { world, supervisor } = await openWithFamily()
  await supervisor.play([
    ['/menu', /Здравствуйте/],
    ['Итоги опросов', /Отсюда страницу открыть нельзя/],
  ])
  expect(supervisor.buttons(supervisor.card()).map(({ text }) => text)).not.toContain('Открыть в браузере')
  expect(world.config.mode).toBe('polling')
})

test('guessing of links is blocked, while a supervisor at the same address can continue', async () => {
  const { world, supervisorId } = await openResults()
  const browser = await atDesk(world, supervisorId)
  const guesser = visitor(world)
  const statuses: number[] = []
  for (let tries = 0; tries < 130; tries += 1)
    statuses.push((await guesser.get('/console/enter/guess')).status)
  expect([statuses[0], statuses.at(-1)]).toEqual([404, 429])
  expect((await guesser.get('/console/surveys')).status).toBe(429)
  expect((await browser.get('/console/surveys')).status).toBe(200)
  const { pathname } = new URL(await addressFor(world, supervisorId))
  expect((await visitor(world).post(pathname)).status).toBe(303)
})
