import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { atDesk, stoodOn } from '#test/support/console.ts'
import { letter, of } from '#test/support/desk.ts'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { expectJobsDone } from '#test/support/invariants.ts'
import { copyOf } from '#test/support/my-data.ts'
import { confirmAccount, eraseDue, linkFor, openSigned } from '#test/support/signed.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import type { World } from '#test/support/world.ts'

type Desk = Awaited<ReturnType<typeof atDesk>>

const placeOf = (answer: { headers: Headers }) => (answer.headers.get('location') ?? '').replace(/\?.*$/, '')

const scanOf = (world: World, desk: Desk, registry: string) => {
  const [, scan = ''] = /href="([^"]+\/scans\/[^"]+)"/.exec(registry) ?? []
  return fetch(new URL(scan, world.app().url), { headers: { cookie: desk.cookie() } })
}

test('who signed on paper and joins the bot is one person: one registry, one copy, one withdrawal, one destruction', async () => {
  const { world, key, request, path, familyId, memberId, curator, supervisor } = await openSigned()
  const { prisma } = world.database
  const received = {
    kind: 'access',
    asker: 'self',
    source: 'letter',
    receivedOn: '2026-11-24',
    requestId: request.id,
  }
  const earlier = of(await key.post('/data-requests', received))

  const petr = world.person({ firstName: 'Пётр' })
  await openLink(petr, await linkFor(key, path, memberId))
  await petr.tap('Даю согласие')
  await confirmAccount(key, path, memberId)
  expect(await prisma.auditEntry.findMany({ where: { action: 'consents.joined' } })).toMatchObject([
    { familyId, subjectId: memberId },
  ])
  const member = await prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })
  expect(member.paperPersonId).not.toBeNull()
  expect(member.personId).not.toBe(member.paperPersonId)

  // What he signed and what he tapped stand side by side, here and for staff.
  await petr.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', /2\. Просьба о сопровождении\. Подписано на бумаге 23 ноября, действует/],
  ])
  const copy = JSON.parse(await copyOf(petr))
  expect(
    copy.consents.map(({ kind, how }: { kind: string; how: string }) => `${kind} ${how}`).sort(),
  ).toEqual(['personal-data paper', 'personal-data tap', 'support-request paper'])
  expect(copy.requests).toMatchObject([{ number: request.number, answers: { ownWords: letter.words } }])
  const registry = (await curator.get(`/console/families/${familyId}/consents`)).text
  expect(registry.match(/Подпись от 23 ноября/g)).toHaveLength(2)
  expect((await scanOf(world, curator, registry)).headers.get('content-type')).toContain('image/jpeg')
  // The same paper, recorded once more now that he has an account, adds nothing.
  const again = { member: memberId, kinds: 'personal-data', signedOn: '2026-11-23' }
  expect((await curator.send(`/console/families/${familyId}/consents`, again)).status).toBe(303)
  expect(await prisma.consent.count()).toBe(3)

  // What was asked about the paper's data is asked about the account's.
  for (const about of [{ requestId: request.id }, { memberId }]) {
    const made = of(await key.post('/data-requests', { ...received, requestId: undefined, ...about }))
    const row = await prisma.dataRequest.findUniqueOrThrow({ where: { id: made.id } })
    expect(row.personId).toBe(member.personId)
  }
  expect((await prisma.dataRequest.findUniqueOrThrow({ where: { id: earlier.id } })).personId).toBe(
    member.personId,
  )
  expect((await supervisor.get(`/console/data-requests/${earlier.id}`)).text).toMatch(
    /Обработка персональных данных[\s\S]*Обработка персональных данных/,
  )

  await petr.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['3. Мои данные', /одпис/],
    ['Отозвать согласие', 'consent-withdraw'],
    ['Отозвать', /Отозвано/],
  ])
  expect(await prisma.consentWithdrawal.count()).toBe(3)
  await expectJobsDone(world.database)

  await eraseDue(world, 31)
  await expect
    .poll(async () => (await prisma.dataRequest.findFirst({ where: { kind: 'withdrawal' } }))?.outcome, {
      timeout: 30_000,
    })
    .toBe('done')
  for (const id of [member.personId, member.paperPersonId])
    expect((await prisma.person.findUniqueOrThrow({ where: { id: id ?? '' } })).erasedAt).not.toBeNull()
  const later = await atDesk(world, await staffIdOf(world, 'Ирина'))
  expect((await scanOf(world, later, registry)).status).toBe(404)
})

test('a block of whoever signed on paper goes on when they join, and holds what they told at the desk', async () => {
  const { world, key, request, path, familyId, memberId, curator } = await openSigned()
  const { prisma } = world.database
  const asked = { kind: 'restriction', asker: 'self', source: 'letter', receivedOn: '2026-11-24', memberId }
  const at = `/data-requests/${of(await key.post('/data-requests', asked)).id}`
  expect(await key.call('PUT', `${at}/restriction`)).toMatchObject({ status: 200 })
  const named = async () =>
    ((await key.get(`${path}/details`)).body as { members: { name: string }[] }).members[0]?.name
  expect(await named()).toBe('[blocked]')
  expect((await curator.get(`/console/families/${familyId}`)).text).toContain('Данные заблокированы')

  const petr = world.person({ firstName: 'Пётр' })
  await openLink(petr, await linkFor(key, path, memberId))
  await petr.tap('Даю согласие')
  for (const again of [false, true]) {
    if (again) await confirmAccount(key, path, memberId)
    expect(await named()).toBe('[blocked]')
    expect(await key.get(`/requests/${request.id}/details`)).toMatchObject({ status: 409 })
  }
  const { personId } = await prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })
  const person = () => prisma.person.findUniqueOrThrow({ where: { id: personId ?? '' } })
  expect((await person()).restrictedSince).not.toBeNull()
  await key.post(`${at}/answer`, { outcome: 'done', answer: 'Снято' })
  expect((await person()).restrictedSince).toBeNull()
  expect(await named()).toBe('Пётр Ковалёв')
  expect(await key.get(`/requests/${request.id}/details`)).toMatchObject({ status: 200 })
})

test('a first link is no proof of who opens it: nothing that was told or signed at the desk until staff confirm', async () => {
  const { world, key, request, path, familyId, memberId, curator, supervisor } = await openSigned()
  const asked = { kind: 'access', asker: 'self', source: 'letter', receivedOn: '2026-11-24', memberId }
  const { prisma } = world.database
  const { paperPersonId } = await prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })
  const limited = await keyOf(world, { scopes: ['families:write'] })
  expect(await limited.post(`${path}/members/${memberId}/link`, {})).toMatchObject({ status: 403 })

  const stranger = world.person({ firstName: 'Кто-то' })
  await openLink(stranger, await linkFor(key, path, memberId))
  await stranger.tap('Даю согласие')
  const copy = await copyOf(stranger)
  expect(copy).not.toContain(letter.words)
  expect(JSON.parse(copy)).toMatchObject({ consents: [{ how: 'tap' }], requests: [], lookedAt: [] })
  await stranger.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', /./],
  ])
  expect(stranger.text()).not.toMatch(/бумаге|Просьба о сопровождении/)
  // What is asked on paper meanwhile is about whoever signed.
  const made = of(await key.post('/data-requests', asked))
  const whose = async () => (await prisma.dataRequest.findUniqueOrThrow({ where: { id: made.id } })).personId
  expect(await whose()).toBe(paperPersonId)
  expect((await curator.get(`/console/families/${familyId}`)).text).toContain('Проверить вход: родитель')

  // It was somebody else: the member is without an account again, and what they told stays theirs.
  const refused = { decision: 'restored', how: 'voice' }
  expect((await key.post(`${path}/members/${memberId}/account`, refused)).status).toBeLessThan(300)
  expect(await prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })).toMatchObject({
    ...{ personId: null, paperPersonId, unconfirmedSince: null },
  })
  const petr = world.person({ firstName: 'Пётр' })
  await openLink(petr, await linkFor(key, path, memberId))
  await petr.tap('Даю согласие')
  expect(await copyOf(petr)).not.toContain(letter.words)
  await confirmAccount(key, path, memberId)
  expect(await copyOf(petr)).toContain(letter.words)
  expect(await copyOf(stranger)).not.toContain(letter.words)
  expect(await whose()).not.toBe(paperPersonId)
  expect((await supervisor.get(`/console/requests/${request.id}`)).status).toBe(200)
})

test('an account that staff have not confirmed sees nothing of the papers, and withdraws nothing', async () => {
  const { world, key, path, memberId } = await openSigned()
  const first = world.person({ firstName: 'Пётр' })
  await openLink(first, await linkFor(key, path, memberId))
  await first.tap('Даю согласие')
  await confirmAccount(key, path, memberId)
  const other = world.person({ firstName: 'Кто-то' })
  await openLink(other, await linkFor(key, path, memberId))
  await other.tap('Даю согласие')
  const of = async (chat: typeof other) =>
    (JSON.parse(await copyOf(chat)).consents as { how: string }[]).map(({ how }) => how)
  expect(await of(other)).toEqual(['tap'])
  expect(await of(first)).toEqual(['tap'])
  expect(await world.database.prisma.auditEntry.count({ where: { action: 'consents.joined' } })).toBe(1)
  await confirmAccount(key, path, memberId)
  expect((await of(other)).sort()).toEqual(['paper', 'paper', 'tap'])
})

test('a member without account or request: staff write down what they ask on paper, withdraw, and it is destroyed by its term', async () => {
  const { world, key, path, familyId, member } = await openWithFamily({ inside: true })
  const { prisma } = world.database
  const olga = await member('parent', 'Ольга')
  const added = await key.post(`${path}/members`, { role: 'parent', name: 'Игорь' })
  const igor = (added.body as { member: { id: string } }).member.id
  const desk = await atDesk(world, await staffIdOf(world, 'Елена'))
  const curator = await atDesk(world, await staffIdOf(world, 'Ирина'))
  const card = `/console/families/${familyId}`
  const signed = { member: igor, kinds: 'personal-data', signedOn: '2026-11-24' }
  expect((await curator.send(`${card}/consents`, signed)).status).toBe(303)

  const { number } = await prisma.family.findUniqueOrThrow({ where: { id: familyId } })
  const fields = { source: 'in-person', receivedOn: '2026-11-25', number: `${number}-2`, asker: 'self' }
  const register = async (kind: string) =>
    placeOf(await desk.send('/console/data-requests/new', { ...fields, kind }))
  const access = await register('access')
  expect((await desk.get(access)).text).toContain('Обработка персональных данных')
  const copy = JSON.parse((await desk.get(`${access}/copy.json`)).text)
  expect(copy.consents).toMatchObject([{ kind: 'personal-data', how: 'paper' }])
  expect(copy.families).toHaveLength(1)
  expect(JSON.stringify(copy)).not.toContain('Ольга')

  const at = await register('withdrawal')
  expect((await desk.send(`${at}/withdraw`, stoodOn((await desk.get(at)).text))).status).toBe(303)
  expect(await prisma.consentWithdrawal.findMany()).toMatchObject([{ how: 'paper' }])
  expect((await prisma.familyMember.findUniqueOrThrow({ where: { id: igor } })).removedAt).not.toBeNull()
  await eraseDue(world, 31)
  const { paperPersonId } = await prisma.familyMember.findUniqueOrThrow({ where: { id: igor } })
  await expect
    .poll(
      async () => (await prisma.person.findUniqueOrThrow({ where: { id: paperPersonId ?? '' } })).erasedAt,
      {
        timeout: 30_000,
      },
    )
    .not.toBeNull()
  // The others of the family keep theirs.
  await olga.say('/mydata')
  expect(JSON.parse(await copyOf(olga)).consents).toHaveLength(1)
})

test('of a member who has signed nothing, data are blocked and erased on paper all the same, by the API', async () => {
  const { world, key, path } = await openWithFamily({ inside: true })
  const { prisma } = world.database
  const added = await key.post(`${path}/members`, { role: 'parent', name: 'Игорь' })
  const memberId = (added.body as { member: { id: string } }).member.id
  const asked = { asker: 'self', source: 'letter', receivedOn: '2026-11-25', memberId }
  const block = `/data-requests/${of(await key.post('/data-requests', { ...asked, kind: 'restriction' })).id}`
  expect(await key.call('PUT', `${block}/restriction`)).toMatchObject({ status: 200 })
  const { members } = (await key.get(`${path}/details`)).body as { members: { name: string }[] }
  expect(members.map(({ name }) => name)).toEqual(['[blocked]'])

  const erasure = of(await key.post('/data-requests', { ...asked, kind: 'erasure' })).id
  expect(await key.post(`/data-requests/${erasure}/withdrawal`, {})).toMatchObject({ status: 200 })
  await eraseDue(world, 31)
  await expect
    .poll(async () => (await prisma.destructionAct.findMany()).map(({ ground }) => ground), {
      timeout: 30_000,
    })
    .toEqual(['request'])
  const row = await prisma.dataRequest.findUniqueOrThrow({ where: { id: erasure } })
  expect(row).toMatchObject({ outcome: 'done', closedAt: expect.any(Date) })
})
