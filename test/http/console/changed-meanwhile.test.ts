import { describe, expect, test } from 'vitest'
import { settle, type Standing } from '#console/standing.ts'
import { keyOf } from '#test/support/api.ts'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

const hiddenIn = (page: string) => {
  const value = (name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1]?.replaceAll('&quot;', '"') ?? ''
  return { revision: value('revision'), stood: value('stood') }
}

/** A family, its curator and two supervisors at their desks. */
const open = async () => {
  const centre = await openWithFamily({ mode: 'webhook', inside: true })
  const { world, curatorId, path } = centre
  await world.staff('Олег', ['leninsky'], 'curator')
  const at = `/console${path}`
  const id = path.slice('/families/'.length)
  const family = () => world.database.prisma.family.findUniqueOrThrow({ where: { id } })
  return {
    ...centre,
    ...{ at, family },
    irina: await atDesk(world, curatorId),
    elena: await atDesk(world, await staffIdOf(world, 'Елена')),
  }
}

describe('two people at one record', () => {
  test('what the other has changed is no matter, unless the form rests upon it', async () => {
    const { at, irina, elena, family } = await open()
    const stage = (await irina.get(`${at}/stage`)).text
    const to = /stage\?to=([\w-]+)"/.exec(stage)?.[1] ?? ''
    const drawn = hiddenIn((await irina.get(`${at}/stage?to=${to}`)).text)
    // A supervisor sets another level meanwhile: the stage is as it was shown.
    const level = hiddenIn((await elena.get(`${at}/level`)).text)
    expect((await elena.send(`${at}/level`, { level: 'basic', ...level })).status).toBe(303)
    expect((await irina.send(`${at}/stage`, { to, ...drawn })).status).toBe(303)
    expect(await family()).toMatchObject({ level: 'basic', stage: to })
  })

  test('what both change is shown with what it is now, and can be sent again knowing it', async () => {
    const { at, irina, elena, family } = await open()
    const mine = hiddenIn((await irina.get(`${at}/level`)).text)
    const hers = hiddenIn((await elena.get(`${at}/level`)).text)
    await elena.send(`${at}/level`, { level: 'basic', ...hers })
    const clash = await irina.send(`${at}/level`, {
      level: 'emergency',
      reason: 'Так видно <i>дома</i>',
      ...mine,
    })
    expect(clash.status).toBe(409)
    expect(clash.text).toMatch(/запись изменилась[\s\S]*Уровень: <b>базовый/)
    expect(clash.text).toContain('Так видно &lt;i&gt;дома&lt;/i&gt;')
    expect((await family()).level).toBe('basic')
    const anew = { level: 'emergency', ...hiddenIn(clash.text) }
    expect((await irina.send(`${at}/level`, anew)).status).toBe(303)
    expect((await family()).level).toBe('emergency')
  })

  test('a form without a page of its own says what changed, and its button works', async () => {
    const { at, world, irina, elena, family } = await open()
    const close = {
      reason: 'family-wish',
      ...hiddenIn((await irina.get(`${at}/close?reason=family-wish`)).text),
    }
    const to = await staffIdOf(world, 'Олег')
    const give = hiddenIn((await elena.get(`${at}/give`)).text)
    const mine = hiddenIn((await elena.get(`${at}/close?reason=family-wish`)).text)
    expect((await elena.send(`${at}/give`, { to, ...give })).status).toBe(303)
    // Ирина has no such family any more.
    expect((await irina.send(`${at}/close`, close)).status).toBe(404)
    const clash = await elena.send(`${at}/close`, { reason: 'family-wish', ...mine })
    expect([clash.status, clash.text]).toEqual([409, expect.stringMatching(/Куратор: <b>Олег/)])
    expect(clash.text).toMatch(/name="reason" value="family-wish"/)
    const again = { reason: 'family-wish', ...hiddenIn(clash.text) }
    expect((await elena.send(`${at}/close`, again)).status).toBe(303)
    expect((await family()).status).toBe('closed')
  })

  test('words of the family send a decision back, and no passing on', async () => {
    const { world, path, olga } = await openWithRequest({ inside: true })
    const anna = await atDesk(world, await staffIdOf(world, 'Анна'))
    await world.staff('Вера', ['leninsky'])
    const card = `/console${path}`
    await anna.send(`${card}/claim`)
    const decide = hiddenIn((await anna.get(`${card}/decide?outcome=not-needed`)).text)
    const pass = hiddenIn((await anna.get(`${card}/pass`)).text)
    await olga.play([
      ['/menu', 'home'],
      [{ words: 'Сын ушёл из дома' }, /./],
    ])
    const fields = { outcome: 'not-needed', reason: 'Передумали', by: 'specialist' }
    // The page on the way keeps what was shown first.
    const check = await anna.send(`${card}/decide/check`, { ...fields, ...decide })
    expect(hiddenIn(check.text)).toEqual(decide)
    const done = await anna.send(`${card}/decide/done`, { ...fields, ...hiddenIn(check.text) })
    expect([done.status, done.text]).toEqual([409, expect.stringMatching(/Семья дописала: <b>1 раз/)])
    expect((await anna.send(`${card}/pass`, { reason: 'Ухожу', ...pass })).status).toBe(303)
  })
})

describe('settle', () => {
  const now: Standing = {
    revision: 7,
    facts: {
      level: { value: 'basic', words: '' },
      signs: { value: ['a', 'b'], words: '' },
      stage: { value: 'plan', words: '' },
    },
  }
  const shown = { level: 'basic', signs: 'b\na', stage: 'plan' }
  const of = (typed: Record<string, string | string[]>, stood: Record<string, string> = {}) =>
    settle(now, {
      typed: { revision: '3', stood: JSON.stringify({ ...shown, signs: 'a\nb', ...stood }), ...typed },
      edits: ['level', 'signs'],
    })

  test.each([
    ['as it was', { level: 'crisis', signs: ['b', 'a'] }, {}, { ok: true, fields: { revision: 7 } }],
    [
      'left as it was shown',
      { level: 'crisis', signs: 'a' },
      { level: 'crisis' },
      { ok: true, fields: { revision: 7, level: 'basic' } },
    ],
    [
      'both the same',
      { level: 'basic', signs: ['a', 'b'] },
      { level: 'crisis' },
      { ok: true, fields: { revision: 7 } },
    ],
    [
      'both otherwise',
      { level: 'emergency', signs: ['a', 'b'] },
      { level: 'crisis' },
      { ok: false, clashes: ['level'] },
    ],
    [
      'a list that was left',
      { level: 'basic', signs: ['a'] },
      { signs: 'a' },
      { ok: true, fields: { revision: 7, signs: ['a', 'b'] } },
    ],
    [
      'what the form does not change',
      { level: 'basic', signs: ['a', 'b'] },
      { stage: 'first' },
      { ok: false, clashes: ['stage'] },
    ],
  ] as const)('%s', (_, typed, stood, settled) => {
    const lists = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, [value].flat()]))
    expect(of({ ...lists, level: typed.level }, stood)).toEqual(settled)
  })

  test('a form that does not say how it was drawn rests upon everything', () => {
    for (const stood of ['', '{', '[]', '{"level":1}'])
      expect(of({ level: 'basic', stood })).toEqual({ ok: false, clashes: ['level', 'signs', 'stage'] })
    expect(of({ revision: '7', stood: '' })).toMatchObject({ ok: true })
  })
})

/** The form that takes back what was just done, as the page offers it. */
const undoOf = async (desk: Awaited<ReturnType<typeof atDesk>>, answer: { headers: Headers }) => {
  const { text } = await desk.get(answer.headers.get('location') ?? '')
  return /class="undo"><form method="post" action="([^"]+)"/.exec(text)?.[1] ?? ''
}

test('a circumstance that was added or ended is taken back from the notice, by oneself and at once', async () => {
  const { at, world, irina, elena } = await open()
  const page = (await irina.get(`${at}/needs`)).text
  const need = /option value="(circumstance\.[\w-]+)"/.exec(page)?.[1] ?? ''
  const add = async () => undoOf(irina, await irina.send(`${at}/needs`, { need, foundBy: 'staff' }))
  const wrong = await add()
  expect(wrong).toMatch(/\/needs\/[0-9a-f-]{36}\/undo$/)
  expect((await elena.send(wrong)).status).toBe(409)
  expect((await irina.send(wrong)).status).toBe(303)
  expect((await irina.get(`${at}/needs`)).text).toContain('этого не было')
  expect((await irina.send(wrong)).status).toBe(409)

  const end = (await add()).replace(/undo$/, 'end')
  const ended = await undoOf(irina, await irina.send(end))
  expect((await irina.send(ended)).status).toBe(303)
  expect((await irina.get(`${at}/needs`)).text).toContain(`action="${end}"`)
  const late = await undoOf(irina, await irina.send(end))
  world.clock.forward(61_000)
  expect((await irina.send(late)).status).toBe(409)
})

test('the main category of before is offered back', async () => {
  const world = await openWorld({ at: '2026-11-25T07:00:00Z', region: 'nyagan', inside: true })
  const key = await keyOf(world)
  const { items } = (await key.get('/territories')).body as { items: { code: string }[] }
  const territory = items[0]?.code ?? ''
  await world.staff('Ирина', [territory], 'curator')
  const curatorId = await staffIdOf(world, 'Ирина')
  const { id } = (await key.post('/families', { territory, curatorId })).body as { id: string }
  const needs = `/families/${id}/needs`
  for (const code of ['large-family', 'low-income'])
    await key.post(needs, { kind: 'category', code, since: '2026-11-01' })
  const irina = await atDesk(world, curatorId)
  const offered = /action="([^"]+\/main)"/.exec((await irina.get(`/console${needs}`)).text)?.[1] ?? ''
  const back = await undoOf(irina, await irina.send(offered))
  expect(back).toMatch(/\/main$/)
  expect(back).not.toBe(offered)
  expect((await irina.send(back)).status).toBe(303)
  expect((await irina.get(`/console${needs}`)).text).toContain(`action="${offered}"`)
})
