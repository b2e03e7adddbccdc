import { expect, inject, test } from 'vitest'
import { undoIn, undoMs, undoOf } from '#console/undo.ts'
import { createSealer } from '#storage/seal.ts'
import { testKeys } from '#test/support/accounts.ts'
import { atDesk } from '#test/support/console.ts'
import { takeDown } from '#test/support/outage.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'

/** What says that the database is away. */
const noise = [
  'console.busy',
  'console.failed',
  'database.connection-lost',
  'jobs.due-poll-failed',
  'jobs.error',
  'jobs.warning',
  'leader-lock.connection-lost',
  'leader-lock.not-taken',
]

const openDesk = async (options = {}) => {
  const one = await openWithRequest({ inside: true, ...options })
  const id = one.path.slice('/requests/'.length)
  const desk = await atDesk(one.world, await staffIdOf(one.world, 'Анна'))
  return { ...one, id, desk, claim: `/console/requests/${id}/claim` }
}

test('what is typed is kept for its writer, offered again, and gone when it is sent or given up', async () => {
  const { world, desk, claim } = await openDesk()
  const form = 'request.note.1'
  const typed = { text: 'Позвонить <b>бабушке</b>', to: ['a', 'b'] }
  const save = (fields: object, of = form) =>
    desk.post('/console/drafts', { csrf: desk.csrf, form: of, typed: JSON.stringify(fields) })
  const read = async (by = desk) => by.get(`/console/drafts?form=${form}`)
  expect((await read()).status).toBe(204)
  expect((await save(typed)).status).toBe(204)
  const kept = await read()
  expect(JSON.parse(kept.text)).toEqual({ fields: typed, at: '10:00' })
  expect(kept.headers.get('content-type')).toMatch(/^application\/json/)
  await world.staff('Борис', ['leninsky'])
  expect((await read(await atDesk(world, await staffIdOf(world, 'Борис')))).status).toBe(204)
  expect((await save(typed, 'Не ключ')).status).toBe(422)
  expect((await desk.post('/console/drafts', { csrf: 'x', form, typed: '{}' })).status).toBe(403)
  // Refused: what was typed stays.
  expect((await desk.post(claim, { csrf: 'x', draft: form })).status).toBe(403)
  expect((await read()).status).toBe(200)
  expect((await desk.send(claim, { draft: form })).status).toBe(303)
  expect((await read()).status).toBe(204)
  await save(typed)
  await save({ text: '  ' })
  expect((await read()).status).toBe(204)
})

test.runIf(inject('database') === 'postgres')(
  'while the database is away a form comes back whole, and is carried out once when it is there again',
  async () => {
    const { world, desk, claim, id } = await openDesk({ noise })
    const once = crypto.randomUUID()
    const fields = { text: 'Длинные <b>слова</b>, которых жалко', level: 'crisis' }
    const { bringBack } = await takeDown(world.database)
    const away = await desk.send(claim, fields, { once })
    expect(away.status).toBe(503)
    expect(away.text).toContain('Связь с базой прервалась')
    expect(away.text).toContain('Длинные &lt;b&gt;слова&lt;/b&gt;, которых жалко')
    expect(away.text).toContain('name="level" value="crisis"')
    const page = await desk.get('/console')
    expect([page.status, page.text]).toEqual([503, expect.stringContaining('Сейчас не открывается')])
    await bringBack()
    // Its page was of nobody's session: it asks once more, with all that was typed.
    await expect.poll(async () => (await desk.get('/console')).status).toBe(200)
    expect((await desk.post(claim, fields)).text).toContain('которых жалко')
    expect((await desk.send(claim, fields, { once })).status).toBe(303)
    expect((await desk.send(claim, fields, { once })).status).toBe(303)
    expect(
      await world.database.prisma.requestEvent.count({ where: { requestId: id, kind: 'claimed' } }),
    ).toBe(1)
  },
)

test('a second tab is told what has happened meanwhile, and going back finds the page as it is now', async () => {
  const { desk, claim, world } = await openDesk()
  await world.staff('Елена', ['leninsky'], 'supervisor')
  const elena = await atDesk(world, await staffIdOf(world, 'Елена'))
  expect((await desk.get('/console')).text).toContain(claim)
  expect((await desk.send(claim)).status).toBe(303)
  const late = await elena.send(claim)
  expect([late.status, late.text]).toEqual([409, expect.stringContaining('уже взято')])
  const back = await desk.get('/console')
  expect(back.headers.get('cache-control')).toBe('no-store')
  expect(back.text).not.toContain(claim)
})

test('Ctrl-K lists sections by role, and one’s own work by number', async () => {
  const { desk, number, claim } = await openDesk()
  await desk.send(claim)
  const { text } = await desk.get('/console/go')
  expect(text).toContain(`Обращение ${number}`)
  expect(text).toContain('href="/console/requests"')
  expect(text).not.toContain('href="/console/staff"')
})

test('an undoing is offered for ten seconds, in the session that may, and is no other form’s', () => {
  const sealer = createSealer(testKeys)
  const now = new Date('2026-11-24T09:00:00Z')
  const [sessionId, path] = [crypto.randomUUID(), '/console/requests/1/undo?why=a.b']
  const given = undoOf(sealer, { sessionId, path, now })
  const at = (ms: number) => ({ sessionId, now: new Date(now.getTime() + ms) })
  expect(undoIn(sealer, given, at(undoMs - 1))).toBe(path)
  expect(undoIn(sealer, given, at(undoMs))).toBeNull()
  expect(undoIn(sealer, given, { sessionId: crypto.randomUUID(), now })).toBeNull()
  expect(undoIn(sealer, given.replace('requests', 'families'), at(0))).toBeNull()
  expect(undoIn(sealer, given.replace(/^\d/, '9'), at(0))).toBeNull()
})

test('open consoles hold no slot of those that pages wait for', async () => {
  const { desk } = await openDesk()
  const open = await Promise.all([1, 2, 3, 4].map(() => desk.live()))
  const answer = await Promise.race([
    desk.get('/console'),
    new Promise<null>((resolve) => setTimeout(resolve, 5_000, null).unref()),
  ])
  await Promise.all(open.map((page) => page.stop()))
  expect(answer?.status).toBe(200)
})
