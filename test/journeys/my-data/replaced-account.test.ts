import { expect, test } from 'vitest'
import { of } from '#test/support/desk.ts'
import { type FamilyWorld, openLink, openWithFamily } from '#test/support/family.ts'

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
