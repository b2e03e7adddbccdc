import { expect, test } from 'vitest'
import { of } from '#test/support/desk.ts'
import { type FamilyWorld, openLink, openWithFamily } from '#test/support/family.ts'
import { eraseDue } from '#test/support/signed.ts'
import { planVisit } from '#test/support/visits.ts'
import { problem } from '#test/support/submitted.ts'

const asked = { source: 'letter', receivedOn: '2026-11-24', asker: 'self' }

/** Somebody opens a new link of a member on another phone, which staff have not confirmed. */
const replacedBy = async ({ world, key, path }: FamilyWorld, memberId: string, firstName: string) => {
  const made = await key.post(`${path}/members/${memberId}/link`, {})
  expect(made.status).toBe(201)
  const chat = world.person({ firstName })
  await openLink(chat, (made.body as { link: string }).link)
  await chat.tap('Даю согласие')
  return chat
}

const decide = async ({ key, path }: FamilyWorld, memberId: string, decision: string): Promise<void> => {
  const made = await key.post(`${path}/members/${memberId}/account`, { decision, how: 'voice' })
  expect(made.status).toBeLessThan(300)
}

const receive = async ({ key }: FamilyWorld, kind: string, memberId: string): Promise<string> =>
  of(await key.post('/data-requests', { ...asked, kind, memberId })).id

test('a block of a member holds whichever account they have: a new link does not open what is closed', async () => {
  const family = await openWithFamily({ inside: true })
  const { world, key, path } = family
  const { prisma } = world.database
  const olga = await family.member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Метка: обычные слова' }, /./],
  ])
  const { memberId } = olga
  const at = `/data-requests/${await receive(family, 'restriction', memberId)}`
  expect(await key.call('PUT', `${at}/restriction`)).toMatchObject({ status: 200 })
  const read = async () =>
    JSON.stringify([
      (await key.get(`${path}/details`)).body,
      (await key.get(`${path}/messages?memberId=${memberId}`)).body,
    ])
  const closed = async () => {
    const text = await read()
    expect(text).toContain('[blocked]')
    expect(text).not.toMatch(/Ольга|Метка/)
  }
  const restricted = async () => {
    const { personId } = await prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })
    const found = await prisma.person.findUniqueOrThrow({ where: { id: personId ?? '' } })
    return found.restrictedSince !== null
  }
  await closed()
  await replacedBy(family, memberId, 'Ольга с новым телефоном')
  await closed()
  await decide(family, memberId, 'confirmed')
  await closed()
  expect(await restricted()).toBe(true)
  await key.post(`${at}/answer`, { outcome: 'done', answer: 'Снято' })
  expect(await read()).toMatch(/Ольга/)
  expect(await restricted()).toBe(false)
  expect(await prisma.person.count({ where: { restrictedSince: { not: null } } })).toBe(0)
})

test('whatever is asked on paper about a member is never about an account that staff have not confirmed', async () => {
  const family = await openWithFamily({ inside: true })
  const { prisma } = family.world.database
  const olga = await family.member('parent', 'Ольга')
  const { memberId } = olga
  const before = await prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })
  const other = await replacedBy(family, memberId, 'Кто-то')
  const { personId: theirs } = await prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })
  expect(theirs).not.toBe(before.personId)
  const whose = async (id: string) => (await prisma.dataRequest.findUniqueOrThrow({ where: { id } })).personId
  const access = await receive(family, 'access', memberId)
  expect(await whose(access)).toBe(before.personId)
  // Once staff know that it is them, what is asked goes on under the new account.
  await decide(family, memberId, 'confirmed')
  expect(await whose(access)).toBe(theirs)
  expect(await whose(await receive(family, 'withdrawal', memberId))).toBe(theirs)
  await other.say('/menu')
})

test('a withdrawal on paper ends no membership through an account that staff have not confirmed', async () => {
  const family = await openWithFamily({ inside: true })
  const { key } = family
  const { prisma } = family.world.database
  const { memberId } = await family.member('parent', 'Ольга')
  await replacedBy(family, memberId, 'Кто-то')
  const { personId } = await prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })
  const id = await receive(family, 'withdrawal', memberId)
  for (const about of [undefined, personId]) {
    // As it was registered before: about whoever held the link.
    if (about) await prisma.dataRequest.update({ where: { id }, data: { personId: about } })
    expect(await key.post(`/data-requests/${id}/withdrawal`, {})).toMatchObject(problem('not-allowed', 409))
  }
  expect(await prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })).toMatchObject({
    removedAt: null,
  })
  await decide(family, memberId, 'confirmed')
  expect(await key.post(`/data-requests/${id}/withdrawal`, {})).toMatchObject({ status: 200 })
})

test('a paper of before a withdrawal, recorded after it, gives no consent again; one signed since does', async () => {
  const family = await openWithFamily({ inside: true })
  const { world, key, path } = family
  const { memberId, ...olga } = await family.member('parent', 'Ольга')
  const kind = 'special-categories'
  const sign = (signedOn: string) => key.post(`${path}/consents`, { memberId, kinds: [kind], signedOn })
  const standing = async () =>
    (
      (await key.get(`${path}/consents`)).body as {
        members: { consents: { kind: string; withdrawnAt: string | null }[] }[]
      }
    ).members.flatMap(({ consents }) =>
      consents.filter((one) => one.kind === kind && one.withdrawnAt === null),
    ).length
  expect(await sign('2026-11-24')).toMatchObject({ status: 201 })
  expect(await standing()).toBe(1)
  await olga.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['1. О здоровье', /Сведения о здоровье/],
    ['Отозвать согласие', /на сведения о здоровье/],
    ['Отозвать', /./],
  ])
  expect(await standing()).toBe(0)
  for (const earlier of ['2026-11-24', '2026-11-20'])
    expect(await sign(earlier)).toMatchObject(problem('invalid-input', 422))
  expect(await standing()).toBe(0)
  world.clock.forward(24 * 60 * 60_000)
  expect(await sign('2026-11-26')).toMatchObject({ status: 201 })
  expect(await standing()).toBe(1)
})

test('of two requests by which the same data are destroyed, neither says that the consent was given again', async () => {
  const family = await openWithFamily({ inside: true })
  const { world, key } = family
  const { prisma } = world.database
  const { memberId } = await family.member('parent', 'Ольга')
  const ids = [await receive(family, 'withdrawal', memberId), await receive(family, 'erasure', memberId)]
  for (const id of ids)
    expect(await key.post(`/data-requests/${id}/withdrawal`, {})).toMatchObject({ status: 200 })
  await eraseDue(world, 31)
  await expect
    .poll(async () => (await prisma.dataRequest.findMany()).map(({ outcome }) => outcome), {
      timeout: 30_000,
    })
    .toEqual(['done', 'done'])
  expect(await prisma.destructionAct.count()).toBe(1)
})

test('that a teenager who signed on paper joins changes nothing of what a parent has: no door code, no visit', async () => {
  const family = await openWithFamily({ inside: true })
  const { key, path, world } = family
  const { prisma } = world.database
  await family.member('parent', 'Ольга')
  const added = await key.post(`${path}/members`, { role: 'minor', name: 'Миша' })
  const memberId = (added.body as { member: { id: string } }).member.id
  const paper = { memberId, kinds: ['personal-data'], signedOn: '2026-11-24' }
  expect(await key.post(`${path}/consents`, paper)).toMatchObject({ status: 201 })
  await planVisit(family)
  const before = await prisma.visit.findFirstOrThrow()
  const made = await key.post(`${path}/members/${memberId}/link`, {})
  const misha = world.person({ firstName: 'Миша' })
  await openLink(misha, (made.body as { link: string }).link)
  await misha.tap('Да, разрешаю')
  const member = await prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })
  expect(member.unconfirmedSince).not.toBeNull()
  expect(await prisma.visit.findFirstOrThrow()).toEqual(before)
})
