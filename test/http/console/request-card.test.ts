import { describe, expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { auditOf } from '#test/support/results-page.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'
import { answers, directions, payloadIn } from '#test/support/together.ts'

const looks = (actions: readonly string[]) => actions.filter((one) => one === 'request.details').length

/** Анна's request in Leninsky, a colleague, one of another territory, a supervisor and a curator. */
const openCentre = async () => {
  const one = await openWithRequest({ atOnce: true, inside: true })
  const { world } = one
  await world.staff('Вера', ['leninsky'])
  await world.staff('Глеб', ['oktyabrsky'])
  await world.staff('Елена', ['leninsky'], 'supervisor')
  await world.staff('Ирина', ['leninsky'], 'curator')
  const desk = async (name: string) => atDesk(world, await staffIdOf(world, name))
  const id = one.path.slice('/requests/'.length)
  const seen = async (name: string) => auditOf(world, await staffIdOf(world, name))
  return { ...one, desk, id, card: `/console/requests/${id}`, seen }
}

const revisionIn = (page: string) => /name="revision" value="(\d+)"/.exec(page)?.[1] ?? ''

describe('the card', () => {
  test('says how it is with those who ask together, and not who they are', async () => {
    const { desk, card, olga, world } = await openCentre()
    const anna = await desk('Анна')
    expect((await anna.get(card)).text).not.toContain('Вместе')
    await olga.byHand('-.together.')
    await olga.tap('Сделать ссылку')
    await olga.tap('Без имени')
    expect((await anna.get(card)).text).toContain('Вместе: ждём ответа до вторника, 8 декабря')
    const liza = world.person({ firstName: 'Лиза' })
    await answers(liza, payloadIn(olga), { agrees: directions.parent.agrees, name: 'Лизавета' })
    await olga.byHand('-.together.')
    await olga.tap('Да, это тот человек')
    const page = (await anna.get(card)).text
    expect(page).toContain('Вместе: присоединились 24 ноября')
    expect(page).not.toContain('Лизавета')
  })

  test('says everything at once to whoever works with it, and each look is audited', async () => {
    const { desk, card, number, seen } = await openCentre()
    const anna = await desk('Анна')
    const page = await anna.get(card)
    expect(page.status).toBe(200)
    for (const text of [number, 'Сын не выходит из комнаты', 'Помощь психолога', 'Ждёт специалиста', 'Взять'])
      expect(page.text).toContain(text)
    expect(page.text).not.toContain('Ольга')
    expect(looks(await seen('Анна'))).toBe(1)
    // An open page that draws itself anew is the same look.
    await anna.get(card, { 'hx-request': 'true' })
    expect(looks(await seen('Анна'))).toBe(1)
    await anna.get(card)
    expect(looks(await seen('Анна'))).toBe(2)
    const contact = await anna.get(`${card}/contact`)
    expect(contact.text).toContain('Ольга')
    expect(await seen('Анна')).toContain('request.contact')
    expect((await anna.get(`${card}/words`)).text).toContain('Сын не выходит из комнаты')
  })

  test('is not there for others: another territory, another role, no id', async () => {
    const { desk, card, seen } = await openCentre()
    for (const name of ['Глеб', 'Ирина']) {
      const other = await desk(name)
      for (const path of ['', '/words', '/contact', '/file?key=s0', '/pass', '/decide'])
        expect((await other.get(`${card}${path}`)).status, `${name} ${path}`).toBe(404)
      for (const path of ['/claim', '/called', '/note', '/pass'])
        expect((await other.send(`${card}${path}`, { note: 'x', reason: 'x', revision: '0' })).status).toBe(
          404,
        )
    }
    expect((await (await desk('Анна')).get('/console/requests/nothing')).status).toBe(404)
    expect(await seen('Глеб')).toEqual(['console.entered'])
  })

  test('offers to a colleague what waits for somebody else, and keeps what somebody else has', async () => {
    const { desk, card, seen } = await openCentre()
    const vera = await desk('Вера')
    const closed = await vera.get(card)
    expect(closed.text).not.toContain('Сын не выходит')
    expect(closed.text).toContain(`${card}?show=words`)
    expect(looks(await seen('Вера'))).toBe(0)
    expect((await vera.get(`${card}?show=words`)).text).toContain('Сын не выходит')
    expect(looks(await seen('Вера'))).toBe(1)
    expect((await (await desk('Анна')).send(`${card}/claim`)).status).toBe(303)
    const taken = await vera.get(`${card}?show=words`)
    expect(taken.text).toContain('Ответы видит тот, кто ведёт обращение')
    expect((await vera.get(`${card}/contact`)).status).toBe(404)
    const late = await vera.send(`${card}/claim`)
    expect(late).toMatchObject({ status: 409, text: expect.stringContaining('уже взято') })
  })

  test('asks a supervisor why, before it shows what somebody else has', async () => {
    const { desk, card, seen } = await openCentre()
    await (await desk('Анна')).send(`${card}/claim`)
    const elena = await desk('Елена')
    expect((await elena.get(card)).text).toContain('Зачем открыть?')
    expect((await elena.get(`${card}/words`)).status).toBe(404)
    expect((await elena.send(`${card}/oversee`, { reason: ' ' })).status).toBe(422)
    expect((await elena.send(`${card}/oversee`, { reason: 'Жалоба матери' })).status).toBe(303)
    expect((await elena.get(card)).text).toContain('Сын не выходит')
    expect(await seen('Елена')).toContain('request.overseen')
    const { text } = await elena.get(`${card}/give`)
    expect(text).toContain('Вера')
    const staffId = /value="([0-9a-f-]{36})"[^>]*><span>Вера/.exec(text)?.[1] ?? ''
    const given = await elena.send(`${card}/give`, { staffId, revision: revisionIn(text) })
    expect(given.headers.get('location')).toBe('/console/requests?done=given')
  })

  test('shows what is not safe before anything else, and says who is there besides', async () => {
    const { desk, card, world } = await openCentre()
    const anna = await desk('Анна')
    await anna.send(`${card}/claim`)
    await world.database.prisma.request.updateMany({
      data: { urgent: true, representativeConsent: 'unsafe' },
    })
    for (const path of ['', '/contact', '/pass', '/stage', '/decide', '/decide?outcome=refused', '/calm']) {
      const { text } = await anna.get(`${card}${path}`)
      expect(text.indexOf('С родителями не говорить'), path).toBeGreaterThan(text.indexOf('<h1>'))
      expect(text.indexOf('С родителями не говорить'), path).toBeLessThan(text.indexOf('<section'))
    }
    expect((await (await desk('Елена')).get(card)).text).toContain('сейчас открыл ещё один человек: Анна')
  })
})

describe('acts on the card', () => {
  test('the family reads what is written here, and its answer and its files come back', async () => {
    const { desk, card, olga, seen } = await openCentre()
    const anna = await desk('Анна')
    await anna.send(`${card}/claim`)
    const once = crypto.randomUUID()
    const words = { text: 'Здравствуйте! <b>Когда</b> удобно?' }
    for (const _ of [1, 2]) await anna.send(`${card}/write`, words, { once })
    await expect.poll(() => olga.allText()).toContain('У вас новое сообщение')
    await olga.play([
      ['/menu', 'home'],
      ['Прочитать', /Когда/],
      ['Ответить', 'note'],
      [{ words: 'После трёх <i>дня</i>' }, /./],
    ])
    const page = await anna.get(card)
    expect(page.text.split('Здравствуйте!')).toHaveLength(2)
    expect(page.text).toContain('&lt;b&gt;Когда&lt;/b&gt;')
    expect(page.text).toContain('После трёх &lt;i&gt;дня&lt;/i&gt;')
    expect((await anna.send(`${card}/note`, { note: 'Спросить про школу' })).headers.get('location')).toBe(
      `${card}?done=noted#notes`,
    )
    expect((await anna.get(card)).text).toContain('Спросить про школу')
    expect((await anna.send(`${card}/called`)).status).toBe(303)
    expect(await seen('Анна')).toContain('request.called')
    expect((await (await desk('Вера')).send(`${card}/write`, words)).text).toContain('&lt;b&gt;Когда')
  })

  test('voice is heard and documents are kept, under no type that a browser would run', async () => {
    const { desk, card, olga, seen } = await openCentre()
    const anna = await desk('Анна')
    await anna.send(`${card}/claim`)
    olga.telegram.sendVoice(olga.id)
    olga.telegram.sendDocument(olga.id, { name: 'справка.pdf', bytes: Buffer.from('<script>') })
    await olga.settle()
    const { text } = await anna.get(card)
    const [, voice = ''] = /<audio[^>]+src="([^"]+)"/.exec(text) ?? []
    const before = looks(await seen('Анна'))
    const heard = await anna.get(voice)
    expect(heard.status).toBe(200)
    expect(heard.headers.get('content-type')).toBe('audio/ogg')
    expect(heard.bytes.length).toBeGreaterThan(0)
    expect(looks(await seen('Анна'))).toBe(before + 1)
    const [, paper = ''] = /<p class="file"><a href="([^"]+)">/.exec(text) ?? []
    const kept = await anna.get(paper)
    expect(kept.text).toBe('<script>')
    expect(kept.headers.get('content-type')).toBe('application/octet-stream')
    expect(kept.headers.get('content-disposition')).toMatch(/^attachment/)
    expect((await (await desk('Вера')).get(voice)).status).toBe(404)
    expect((await anna.get(`${card}/file?key=n999999`)).status).toBe(404)
  })

  test('a stage is set with what was drawn; what has changed meanwhile is said, and nothing typed is lost', async () => {
    const { desk, card } = await openCentre()
    const anna = await desk('Анна')
    await anna.send(`${card}/claim`)
    const { text } = await anna.get(`${card}/stage`)
    const [stage = ''] = [...text.matchAll(/name="stage" value="([\w-]+)"/g)].map(([, code]) => code)
    const revision = revisionIn(text)
    expect((await anna.send(`${card}/stage`, { stage, revision })).headers.get('location')).toBe(
      `${card}?done=moved`,
    )
    const stale = await anna.send(`${card}/pass`, { reason: 'Еду в отпуск', revision })
    expect(stale.status).toBe(409)
    expect(stale.text).toContain('Пока страница была открыта')
    expect(stale.text).toContain('Этап')
    expect(stale.text).toContain('Еду в отпуск')
    const long = await anna.send(`${card}/pass`, { reason: 'я'.repeat(301), revision })
    expect(long).toMatchObject({ status: 422, text: expect.stringContaining('длиннее 300') })
    const anew = { reason: 'Еду в отпуск', revision: revisionIn(stale.text) }
    expect((await anna.send(`${card}/pass`, anew)).headers.get('location')).toMatch(/done=passed/)
  })

  test('«не срочно» needs a reason, and a check its outcome', async () => {
    const { desk, card, id, world, olga } = await openCentre()
    const anna = await desk('Анна')
    const { prisma } = world.database
    await prisma.request.update({ where: { id }, data: { urgent: true } })
    const { text } = await anna.get(`${card}/calm`)
    expect((await anna.send(`${card}/calm`, { reason: 'Говорили', revision: revisionIn(text) })).status).toBe(
      303,
    )
    expect(await prisma.request.findUniqueOrThrow({ where: { id } })).toMatchObject({ urgent: false })
    expect((await anna.get(`${card}/calm`)).status).toBe(409)
    await prisma.request.update({ where: { id }, data: { urgent: true } })
    await olga.play([
      ['/status', 'status'],
      ['Отозвать', 'withdraw'],
      ['Да, отозвать', /Отозвано/],
    ])
    expect((await anna.get(card)).text).toContain('Проверьте, безопасно ли')
    const check = await anna.get(`${card}/check`)
    const fields = { outcome: 'safe', revision: revisionIn(check.text) }
    expect((await anna.send(`${card}/check`, { revision: fields.revision })).status).toBe(422)
    expect((await anna.send(`${card}/check`, fields)).status).toBe(303)
    expect((await anna.get(card)).text).toContain('Все в безопасности')
  })
})
