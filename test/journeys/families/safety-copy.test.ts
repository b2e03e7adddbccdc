import { expect, test } from 'vitest'
import { kinds, openWithDasha, said } from '#test/support/accepted-minor.ts'
import type { ApiClient } from '#test/support/api.ts'
import { erasing } from '#test/support/erasing.ts'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { minorAnswers, minorSubmits } from '#test/support/intake.ts'
import { openOffice, soon } from '#test/support/office.ts'
import type { World } from '#test/support/world.ts'

test('members from before the facts get theirs by a job, once, also in a family without a request', async () => {
  const { world, key, path, dasha } = await openWithDasha()
  const made = await key.post('/families', { territory: 'leninsky' })
  const other = `/families/${(made.body as { id: string }).id}`
  const added = await key.post(`${other}/members`, { role: 'minor', name: 'Даша' })
  await openLink(dasha, (added.body as { link: string }).link)
  await dasha.tap('Войти')
  await removeFacts(world, key, path)
  expect(kinds(await key.get(other))).toEqual([])
  await world.restart()
  for (const one of [path, other])
    await expect.poll(async () => kinds(await key.get(one)), soon).toEqual(said)
  // Two jobs at once, and one more: nothing is added twice.
  const { prisma } = world.database
  await prisma.familyMember.updateMany({ data: { safetyCopied: false } })
  const office = await openOffice(world)
  for (let nth = 0; nth < 3; nth += 1)
    await office.does(async (tx, { enqueue }) => enqueue(tx, 'safety-copy', {}))
  await expect.poll(() => prisma.familyMember.count({ where: { safetyCopied: false } }), soon).toBe(0)
  for (const one of [path, other]) expect(kinds(await key.get(one))).toEqual(said)
  const stored = await world.database.prisma.safetyFact.findMany()
  expect(JSON.stringify(stored)).not.toMatch(/unsafe/)
})

test('a minor who asks for help anew brings what they say now into the family that they are in', async () => {
  const { world, key, path, member } = await openWithFamily()
  const dasha = await member('minor', 'Даша')
  expect(kinds(await key.get(path))).toEqual([])
  await dasha.say('/menu')
  await dasha.byHand('-.ask.')
  await dasha.play([...minorAnswers('Нет, это небезопасно').slice(2), ...minorSubmits])
  expect(await world.database.prisma.request.count()).toBe(1)
  await expect.poll(async () => kinds(await key.get(path)), soon).toEqual(said)
})

test('whoever allowed pushes again, and says anew that writing is not safe, gets none', async () => {
  const { world, key, path, member } = await openWithFamily()
  const dasha = await member('minor', 'Даша')
  await key.post(`${path}/members/${dasha.memberId}/safety`, { fact: 'no-messages' })
  await dasha.play([
    ['/settings', 'settings'],
    ['Какие уведомления', 'push-mode'],
    ['Скрытые', /Уведомления скрытые/],
    ['/menu', 'home'],
  ])
  await dasha.byHand('-.ask.')
  await dasha.play([...minorAnswers('Нет, это небезопасно').slice(2), ...minorSubmits])
  const where = { id: dasha.memberId }
  const modeOf = async () =>
    (await world.database.prisma.familyMember.findUniqueOrThrow({ where, include: { person: true } })).person
      ?.pushMode
  await expect.poll(modeOf, soon).toBe('none')
})

const removeFacts = async ({ database }: World, key: ApiClient, path: string) => {
  await erasing(database, (tx) => tx.safetyFact.deleteMany())
  await database.prisma.familyMember.updateMany({ data: { safetyCopied: false } })
  expect(kinds(await key.get(path))).toEqual([])
}
