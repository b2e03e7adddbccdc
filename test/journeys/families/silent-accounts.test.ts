import { expect, test } from 'vitest'
import { type FamilyWorld, openLink, openWithFamily } from '#test/support/family.ts'
import { planVisit, told } from '#test/support/visits.ts'

const acknowledgement = { reason: 'Попросила сама' }

const linkOf = async ({ key, path }: FamilyWorld, memberId: string): Promise<string> =>
  ((await key.post(`${path}/members/${memberId}/link`, { acknowledgement })).body as { link: string }).link

const modeOf = async ({ world }: FamilyWorld, id: string) => {
  const found = { where: { id }, include: { person: true } }
  return (await world.database.prisma.familyMember.findUniqueOrThrow(found)).person?.pushMode
}

test('an account that comes after «не писать» was noted gets no push either, first or anew', async () => {
  const family = await openWithFamily()
  const { key, path, world, curator } = family
  const added = await key.post(`${path}/members`, { role: 'parent', name: 'Ольга' })
  const olgaId = (added.body as { member: { id: string } }).member.id
  await key.post(`${path}/members/${olgaId}/safety`, { fact: 'no-messages' })
  const olga = world.person({ firstName: 'Ольга' })
  await openLink(olga, await linkOf(family, olgaId))
  await olga.tap('Даю согласие')
  expect(await modeOf(family, olgaId)).toBe('none')

  const dasha = await family.member('minor', 'Даша')
  await key.post(`${path}/members/${dasha.memberId}/safety`, { fact: 'no-messages' })
  const phone = world.person({ firstName: 'Даша' })
  await openLink(phone, await linkOf(family, dasha.memberId))
  await phone.tap('Да, разрешаю')
  expect(await modeOf(family, dasha.memberId)).toBe('none')
  await told(curator, /новый аккаунт/)
  const before = [olga, phone].map((chat) => chat.messages().length)
  for (const id of [olgaId, dasha.memberId])
    await key.post(`${path}/members/${id}/messages`, { text: 'Психолог ждёт', acknowledgement })
  await planVisit(family)
  await Promise.all([olga.settle(), phone.settle()])
  expect([olga, phone].map((chat) => chat.messages().length)).toEqual(before)
})

test('an account that staff give back is silent if writing became unsafe meanwhile', async () => {
  const family = await openWithFamily()
  const { key, path, world, curator, supervisor } = family
  const dasha = await family.member('minor', 'Даша')
  const phone = world.person({ firstName: 'Кто-то' })
  await openLink(phone, await linkOf(family, dasha.memberId))
  await phone.tap('Да, разрешаю')
  await told(curator, /новый аккаунт/)
  await key.post(`${path}/members/${dasha.memberId}/safety`, { fact: 'no-messages' })
  const notice = dasha.messages().findLast(({ text }) => text?.includes('Вход открыли'))
  await dasha.byHand(dasha.dataOf('Это не я', notice))
  await told(supervisor, /«Это не я»/)
  const decided = { decision: 'restored', how: 'meeting' }
  expect(await key.post(`${path}/members/${dasha.memberId}/account`, decided)).toMatchObject({ status: 200 })
  expect(await modeOf(family, dasha.memberId)).toBe('none')
})
