import { expect, test } from 'vitest'
import { surveySchema } from '#surveys/schema.ts'
import { keyOf } from '#test/support/api.ts'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { fieldsIn } from '#test/support/form-fields.ts'
import { auditOf } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'

const root = '/console/surveys/authoring'
const own = `${root}/own-1`
const nasty = '<script>alert(1)</script>‮🙂'

/** A centre whose administrator writes surveys, beside a supervisor who does not. */
const open = async () => {
  const centre = await openWithFamily({ inside: true })
  const { world } = centre
  const { prisma } = world.database
  const id = await staffIdOf(world, 'Елена')
  await prisma.staffMember.update({ where: { id }, data: { administers: true } })
  await world.staff('Борис', ['leninsky'], 'supervisor')
  const other = await atDesk(world, await staffIdOf(world, 'Борис'))
  return { ...centre, prisma, id, desk: await atDesk(world, id), other }
}

test('a survey is written over pages, looked at as a family reads it, and published once', async () => {
  const { world, prisma, id, desk, key } = await open()
  const begun = await desk.send(root)
  expect(begun.headers.get('location')).toBe(`${own}/edit`)
  expect((await desk.get(root)).text).toContain('черновик')
  const head = { 'title.ru': `Короткий ${nasty}`, on: 'hand', months: '3', audience: 'everyone' }
  const added = await desk.send(`${own}/edit`, { ...head, act: 'add' })
  expect(added.headers.get('location')).toBe(`${own}/edit/q1`)
  const scale = { kind: 'scale', 'words.ru': 'Стало ли легче?', 'words.ruMinor': 'Тебе стало легче?' }
  const taken = await desk.send(`${own}/edit/q1`, { ...scale, act: 'scale', ready: 'better' })
  expect(taken.headers.get('location')).toBe(`${own}/edit/q1`)
  const drawn = (await desk.get(`${own}/edit/q1`)).text
  expect(drawn).toContain('value="Намного хуже"')
  await desk.send(`${own}/edit/q1`, { ...fieldsIn(drawn), rescues: '1', 'rescue.atMost': '2', act: 'save' })
  await desk.send(`${own}/edit`, { ...head, act: 'add' })
  const why = { kind: 'text', 'words.ru': 'Что мешает?', tests: '1', 'if.q1.atMost': '2' }
  await desk.send(`${own}/edit/q2`, { ...why, act: 'save' })
  const check = (await desk.get(`${own}/check`)).text
  for (const words of ['Стало ли легче?', 'Намного хуже', 'не больше 2', 'Можно поговорить не с куратором'])
    expect(check).toContain(words)
  // Nothing of what was typed is markup, and marks that turn the text around are gone.
  expect(check).toContain('Короткий &lt;script&gt;alert(1)&lt;/script&gt;🙂')
  expect(check).not.toContain('‮')
  expect((await desk.get(`${own}/check?as=minor-ru`)).text).toContain('Тебе стало легче?')
  const faces = await desk.get(`${own}/faces/q1`)
  expect([faces.status, faces.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(faces.bytes.subarray(1, 4).toString()).toBe('PNG')
  expect(await prisma.surveyVersion.count({ where: { code: 'own-1' } })).toBe(0)

  const once = crypto.randomUUID()
  for (let taps = 0; taps < 2; taps += 1)
    expect((await desk.send(`${own}/publish`, {}, { once })).headers.get('location')).toBe(
      `${own}?done=surveyPublished`,
    )
  const versions = await prisma.surveyVersion.findMany({ where: { code: 'own-1' } })
  expect(versions.map(({ version, staffId, apiKeyId }) => [version, staffId, apiKeyId])).toEqual([
    [1, id, null],
  ])
  expect((await auditOf(world, id)).filter((one) => one === 'surveys.changed')).toHaveLength(1)
  expect((await desk.get(own)).text).toContain('Елена')
  // The API shows the same version, and who wrote it.
  expect((await key.get('/surveys/own-1')).body).toMatchObject({
    versions: [{ staffId: id, apiKeyId: null }],
  })
  expect((await desk.send(`${own}/publish`)).status).toBe(404)
})

test('a new version leaves the words of earlier invitations, and begins only what reads differently anew', async () => {
  const { world, prisma, desk, key, member, path } = await open()
  const { familyId } = { familyId: path.slice('/families/'.length) }
  const parent = await member('parent', 'Ольга')
  const asked = await key.post('/surveys/by-hand/invitations', { familyId, memberIds: [parent.memberId] })
  expect(asked.status).toBe(201)
  const at = `${root}/by-hand`
  const first = (await desk.get(`${at}/edit/respect`)).text
  await desk.send(`${at}/edit/respect`, { ...fieldsIn(first), 'words.ru': 'С вами говорили по-человечески?' })
  const check = (await desk.get(`${at}/check`)).text
  expect(check).toContain('итоги по ним начнутся заново')
  expect(check).toContain('Итоги по 3 вопросам продолжатся')
  await desk.send(`${at}/publish`)
  const newest = await prisma.surveyVersion.findFirst({
    where: { code: 'by-hand' },
    orderBy: { version: 'desc' },
  })
  const { questions: since } = surveySchema.parse(newest?.definition)
  expect(since.map(({ code, since }) => [code, since])).toEqual([
    ['helped', 1],
    ['respect', 2],
    ['whom', 1],
    ['missing', 1],
  ])
  const [invitation] = await prisma.surveyInvitation.findMany()
  expect(invitation?.version).toBe(1)
  // The version before is still there, word for word, and nobody can change it.
  expect((await desk.get(`${at}?version=1`)).text).not.toContain('по-человечески')
  expect((await desk.get(`${at}?version=3`)).status).toBe(404)
  // The product's next version leaves it alone.
  await world.restart()
  expect(await prisma.surveyVersion.count({ where: { code: 'by-hand' } })).toBe(2)
})

test('what the engine cannot carry is said by its field, and cannot be published', async () => {
  const { prisma, desk } = await open()
  await desk.send(root)
  const head = { 'title.ru': '', on: 'period', months: '40', audience: 'minors' }
  await desk.send(`${own}/edit`, { ...head, act: 'check' })
  const empty = (await desk.get(`${own}/check`)).text
  expect(empty).toContain('Название: напишите от 1 до 300 знаков')
  expect(empty).toContain('Когда уходит: выберите, когда, и число месяцев от 1 до 12')
  expect(empty).toContain('Вопросы: добавьте хотя бы один')
  const right = { ...head, 'title.ru': 'Опрос', 'title.ruMinor': 'Опрос', months: '2', act: 'add' }
  await desk.send(`${own}/edit`, right)
  await desk.send(`${own}/edit/q1`, {
    kind: 'one',
    'words.ru': 'я'.repeat(301),
    'option.0.ru': 'Да',
    act: 'save',
  })
  const long = (await desk.get(`${own}/check`)).text
  expect(long).toContain('Текст вопроса: напишите от 1 до 300 знаков')
  expect(long).toContain('Ответы: нужно от двух до восьми ответов')
  expect((await desk.get(`${own}/edit/q1?checked=1`)).text).toContain('role="alert"')
  const refused = await desk.send(`${own}/publish`)
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Опубликовать пока нельзя')
  // What is longer than any text of a survey is not kept, and comes back.
  const endless = await desk.send(`${own}/edit/q1`, { kind: 'text', 'words.ru': 'я'.repeat(1001) })
  expect([endless.status, endless.text.includes('я'.repeat(1001))]).toEqual([422, true])
  for (let more = 0; more < 6; more += 1) {
    await desk.send(`${own}/edit`, right)
    await desk.send(`${own}/edit/q${more + 2}`, { kind: 'text', 'words.ru': 'Что?', 'words.ruMinor': 'Что?' })
  }
  expect((await desk.get(`${own}/check`)).text).toContain('вместе займут больше двух минут')
  expect(await prisma.surveyVersion.count({ where: { code: 'own-1' } })).toBe(0)
  // Moved up and taken out, in one's own order.
  await desk.send(`${own}/edit`, { ...right, act: 'up:q7' })
  await desk.send(`${own}/edit`, { ...right, act: 'remove:q1' })
  const order = [...(await desk.get(`${own}/edit`)).text.matchAll(/id="q-(q\d)"/g)].map(([, code]) => code)
  expect(order).toEqual(['q2', 'q3', 'q4', 'q5', 'q7', 'q6'])
  await desk.send(`${own}/discard`)
  expect((await desk.get(`${own}/edit`)).status).toBe(404)
})

test('a version that somebody published meanwhile is said, and replaced only knowingly', async () => {
  const { prisma, desk, key } = await open()
  const at = `${root}/by-hand`
  await desk.send(`${at}/edit/whom`, { kind: 'yes-no', 'words.ru': 'Знаете, кому звонить?', act: 'save' })
  const { versions } = (await key.get('/surveys/by-hand')).body as {
    versions: { survey: { questions: object[] } }[]
  }
  const { code: _, ...theirs } = structuredClone(versions[0]?.survey) as unknown as {
    code: string
    questions: { since?: number }[]
  }
  for (const question of theirs.questions) delete question.since
  expect((await key.post('/surveys/by-hand/versions', { ...theirs, version: 2 })).status).toBe(201)
  const stale = await desk.send(`${at}/publish`)
  expect([stale.status, stale.text.includes('Тем временем опубликовали версию 2')]).toEqual([409, true])
  await desk.send(`${at}/catch-up`)
  expect((await desk.send(`${at}/publish`)).status).toBe(303)
  expect(await prisma.surveyVersion.count({ where: { code: 'by-hand', version: 3 } })).toBe(1)
})

test('whoever serves a part of the centre reads surveys; publishing asks who it is, ending is asked first', async () => {
  const { world, prisma, desk, other, curatorId } = await open()
  expect((await other.get(root)).text).not.toContain('Новый опрос</button>')
  expect((await other.get(`${root}/by-hand`)).status).toBe(200)
  for (const path of ['/edit', '/edit/helped', '/check', '/end'])
    expect((await other.get(`${root}/by-hand${path}`)).status, path).toBe(404)
  for (const path of ['', '/by-hand/edit', '/by-hand/edit/helped', '/by-hand/publish', '/by-hand/end'])
    expect((await other.send(`${root}${path}`)).status, path).toBe(404)
  const curator = await atDesk(world, curatorId)
  expect((await curator.get(root)).status).toBe(404)
  await desk.send(`${root}/by-hand/edit`, { 'title.ru': 'Иной', on: 'hand', audience: 'everyone' })
  // Drafts are each author's own.
  await prisma.staffMember.update({
    where: { id: await staffIdOf(world, 'Борис') },
    data: { administers: true },
  })
  expect((await other.get(`${root}/by-hand/edit`)).text).not.toContain('value="Иной"')
  const { prisma: rows } = world.database
  await rows.consoleSession.updateMany({ data: { confirmedAt: new Date('2026-11-25T06:00:00Z') } })
  expect((await desk.send(`${root}/by-hand/publish`)).status).toBe(403)
  expect((await desk.send(`${root}/by-hand/end`)).status).toBe(403)
  await rows.consoleSession.updateMany({ data: { confirmedAt: world.clock.now() } })
  expect((await desk.get(`${root}/by-hand/end`)).text).toContain('Вернуть опрос можно новой версией')
  expect((await desk.send(`${root}/by-hand/end`)).headers.get('location')).toContain('done=surveyEnded')
  expect((await desk.get(root)).text).toContain('завершён')
  // A new version begins it again.
  expect((await desk.send(`${root}/by-hand/publish`)).status).toBe(303)
  expect((await desk.get(root)).text).not.toContain('завершён')
  expect((await (await keyOf(world)).get('/surveys/by-hand')).body).toMatchObject({
    versions: [{ retiredAt: null, survey: { version: 2 } }, { survey: { version: 1 } }],
  })
})
