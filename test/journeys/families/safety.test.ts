import { expect, test } from 'vitest'
import { createSealer } from '#storage/seal.ts'
import { kinds, openWithDasha, said } from '#test/support/accepted-minor.ts'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { problem } from '#test/support/submitted.ts'
import { testKeys, type World } from '#test/support/world.ts'

const audits = ({ database }: World, action: string, by = {}) =>
  database.prisma.auditEntry.count({ where: { action, ...by } })

const reasons = async ({ database }: World) => {
  const sealer = createSealer(testKeys)
  const rows = await database.prisma.safetyOverride.findMany({ orderBy: { at: 'asc' } })
  return rows.map(({ id, reason }) => sealer.open(reason, `safety_overrides.reason.${id}`))
}

const warning = /С родителями не говорить: небезопасно\. Со слов: подросток, с 24 ноября\./
test('the curator reads what the minor said wherever they are about to contact the family', async () => {
  const { world, curator, curatorId, familyId, memberId, key, path } = await openWithDasha()
  await key.post(`${path}/visits`, {
    startsAt: '2026-12-01T12:00:00Z',
    purpose: 'regular',
    audience: 'family',
  })
  const { id: visitId } = await world.database.prisma.visit.findFirstOrThrow()
  const doors = [
    ...['f-card', 'f-names', 'f-invite', 'f-thread', 'f-visits'].map((door) => `${door}.${familyId}`),
    `thread.${memberId}`,
    `f-visit.${visitId}`,
  ]
  for (const [index, door] of doors.entries()) {
    await curator.byHand(`-.${door}`)
    expect(curator.text(), door).toMatch(warning)
    expect(await audits(world, 'family.safety', { staffId: curatorId }), door).toBeGreaterThan(index)
  }
  await curator.byHand(`-.thread.${memberId}`)
  await curator.play([['Ответить', warning]])
  // The curator has no right to the request itself.
  const { id: requestId } = await world.database.prisma.request.findFirstOrThrow()
  await curator.byHand(`-.case.${requestId}`)
  expect(curator.text()).not.toMatch(/2026-000001/)
})

test('in the bot an adult is invited only after the warning, and with a reason that is kept', async () => {
  const { world, curator, curatorId, familyId, path, key } = await openWithDasha()
  await curator.byHand(`-.f-card.${familyId}`)
  await curator.play([
    ['Кто в семье', warning],
    ['Пригласить', warning],
    ['+ родитель', 'family-add'],
    [{ words: 'Ольга' }, /Почему всё же пригласить взрослого\?/],
    ['Не приглашать', 'family-invite'],
    // She is a member now, but has no link.
    ['Ольга', warning],
  ])
  expect(await world.database.prisma.familyInvite.count()).toBe(0)
  expect(await reasons(world)).toEqual([])
  await curator.play([[{ words: 'Мама сама ушла от отчима' }, 'family-case']])
  expect(await world.database.prisma.familyInvite.count()).toBe(1)
  await curator.play([
    ['Кто в семье', 'family-people'],
    ['Пригласить', 'family-invite'],
    ['Ольга', /Почему всё же/],
    ['Подросток согласен', 'family-case'],
    ['Кто в семье', 'family-people'],
    ['Пригласить', 'family-invite'],
    // A minor is no reason to ask.
    ['+ подросток', 'family-add'],
    [{ words: 'Тимур' }, 'family-case'],
  ])
  expect(await reasons(world)).toEqual(['Мама сама ушла от отчима', 'Подросток согласен'])
  expect(await audits(world, 'family.safety-override', { staffId: curatorId })).toBe(2)
  expect((await key.get(`${path}/safety`)).body).toMatchObject({
    facts: [{ kind: 'parents-unsafe', by: 'member', until: null }, { kind: 'no-messages' }],
    overrides: [{ kind: 'invite', reason: 'Мама сама ушла от отчима', staffId: curatorId }, {}],
  })
})

test('the API shows the facts with everything about the family, and audits each look', async () => {
  const { world, key, path, memberId } = await openWithDasha()
  const visit = { startsAt: '2026-12-01T12:00:00Z', purpose: 'regular', audience: 'family' }
  const planned = await key.post(`${path}/visits`, visit)
  const visitId = (planned.body as { id: string }).id
  const before = await audits(world, 'family.safety')
  const answers = [
    await key.get(path),
    await key.get(`${path}/details`),
    await key.get(`${path}/visits`),
    await key.get(`${path}/visits/${visitId}`),
    await key.get(`${path}/messages`),
    await key.post(`${path}/members/${memberId}/messages`, { text: 'Привет' }),
    planned,
  ]
  for (const answer of answers) expect(kinds(answer)).toEqual(said)
  expect(await audits(world, 'family.safety')).toBe(before + answers.length - 1)
  const invited = await key.post(`${path}/members`, { role: 'minor', name: 'Тимур' })
  expect(invited).toMatchObject({ status: 201, body: { warning: [] } })
})

test('staff add and end facts; an ended one warns nobody, and stays on record', async () => {
  const { world, key, path, memberId, curator, familyId } = await openWithDasha()
  const parent = { role: 'parent', name: 'Ольга' }
  const acknowledgement = { reason: 'Решение опеки' }
  const link = (id: string, body = {}) => key.post(`${path}/members/${id}/link`, body)
  const added = await key.post(`${path}/members`, { ...parent, acknowledgement })
  const { id: olga } = (added.body as { member: { id: string } }).member
  expect(await link(olga)).toMatchObject(problem('safety-unacknowledged', 409))
  expect(await link(olga, { acknowledgement })).toMatchObject({ status: 201 })

  const [fact] = ((await key.get(path)).body as { safety: { id: string }[] }).safety
  const end = () => key.post(`${path}/safety/${fact?.id}/end`)
  const { revision } = (await key.get(path)).body as { revision: number }
  expect(await end()).toMatchObject({
    status: 200,
    body: { until: expect.stringMatching(/^2026-11-24T07:0/) },
  })
  expect(await end()).toMatchObject(problem('already-closed', 409))
  expect((await key.get(path)).body).toMatchObject({
    safety: [{ kind: 'no-messages' }],
    revision: revision + 1,
  })
  expect(await link(olga)).toMatchObject({ status: 201, body: { warning: [] } })
  await curator.byHand(`-.f-card.${familyId}`)
  expect(curator.text()).not.toMatch(/С родителями/)

  const safety = `${path}/members/${memberId}/safety`
  const note = { fact: 'no-calls', until: '2026-12-01T00:00:00Z' }
  expect(await key.post(safety, note)).toMatchObject({ status: 201, body: { by: 'staff' } })
  expect(await key.post(safety, note)).toMatchObject(problem('already-open', 409))
  expect(await key.post(`${path}/members/${olga}/safety`, { fact: 'parents-unsafe' })).toMatchObject(
    problem('invalid-input', 422),
  )
  await curator.byHand(`-.f-card.${familyId}`)
  curator.sees(/Не звонить: небезопасно\. Отметка центра: подросток, с 24 ноября\. До 1 декабря\./)
  world.clock.set('2026-12-01T00:00:00Z')
  expect(kinds(await key.get(path))).toEqual(['no-messages'])
  expect((await key.get(`${path}/safety`)).body).toMatchObject({
    facts: [{ kind: 'parents-unsafe' }, { kind: 'no-messages' }, { kind: 'no-calls' }],
  })
  expect(await audits(world, 'family.safety-changed')).toBe(2)
})

test('the curator ends and adds a fact in the bot', async () => {
  const { world, curator, curatorId, familyId, key, path } = await openWithDasha()
  await curator.byHand(`-.f-card.${familyId}`)
  await curator.play([
    ['Кто в семье', warning],
    ['Безопасность', warning],
    ['✕ дома небезопасно', /Снять отметку\?/],
    ['Оставить', warning],
    ['✕ дома небезопасно', /предупреждения не будет/],
    ['Да, снять', /Самим не писать/],
  ])
  expect(curator.text()).not.toMatch(/С родителями/)
  await curator.play([
    ['Добавить отметку', /О ком отметка\?/],
    ['Даша', /Какая отметка\?/],
    ['не звонить', /Не звонить: небезопасно\. Отметка центра/],
  ])
  expect(kinds(await key.get(path))).toEqual(['no-messages', 'no-calls'])
  expect(await audits(world, 'family.safety-changed', { staffId: curatorId })).toBe(2)
  const { facts } = (await key.get(`${path}/safety`)).body as { facts: object[] }
  expect(facts).toMatchObject([{ until: expect.stringMatching(/^2026-11-24/) }, {}, { staffId: curatorId }])
})

test('a minor who joins a family by a link brings along what they said in their own request', async () => {
  const { world, key, dasha } = await openWithDasha()
  const made = await key.post('/families', { territory: 'leninsky' })
  const other = `/families/${(made.body as { id: string }).id}`
  const added = await key.post(`${other}/members`, { role: 'minor', name: 'Даша' })
  expect(kinds(await key.get(other))).toEqual([])
  await openLink(dasha, (added.body as { link: string }).link)
  await dasha.tap('Войти')
  expect(kinds(await key.get(other))).toEqual(said)
  expect(await world.database.prisma.safetyFact.count()).toBe(4)
})

test('a link that an adult was given before the warning lets nobody in any more', async () => {
  const { world, key, path, member } = await openWithFamily()
  const added = await key.post(`${path}/members`, { role: 'parent', name: 'Олег' })
  const { link } = added.body as { link: string }
  const dasha = await member('minor', 'Даша')
  expect(
    await key.post(`${path}/members/${dasha.memberId}/safety`, { fact: 'parents-unsafe' }),
  ).toMatchObject({
    status: 201,
  })
  const oleg = world.person({ firstName: 'Олег' })
  await openLink(oleg, link)
  expect(oleg.text()).not.toContain('Даю согласие')
  expect(oleg.buttons(oleg.card()).map(({ text }) => text)).not.toContain('Даю согласие')
  // The link is told to be invalid, as one that is used or expired: nothing says why.
  expect(oleg.allText()).toMatch(/ссылк/i)
})
