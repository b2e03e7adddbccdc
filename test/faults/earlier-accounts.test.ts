import { expect, test } from 'vitest'
import { openAccount } from '#storage/accounts.ts'
import { testSealer } from '../support/accounts.ts'
import { columnsWith } from '../support/columns.ts'
import { openWithFamily } from '../support/family.ts'
import { soon } from '../support/office.ts'
import { makeDue } from '../support/rows.ts'
import type { World } from '../support/world.ts'

/** Puts all accounts in the clear, as versions before ADR 51 stored them. */
const unseal = async ({ database: { prisma } }: World) => {
  for (const { id, sealedAccount } of await prisma.person.findMany()) {
    const account = openAccount(testSealer, `${id}.${sealedAccount}`)
    await prisma.person.update({ where: { id }, data: { account, sealedAccount: null } })
  }
}

test('people of the version before are known, written to and remembered; a job seals their accounts', async () => {
  const { world, member, curator, key, path, curatorId } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await unseal(world)
  await world.restart()
  const announce = async (startsAt: string) => {
    const visit = { staffId: curatorId, startsAt, minutes: 60, purpose: 'regular', audience: 'family' }
    expect(await key.post(`${path}/visits`, visit)).toMatchObject({ status: 201 })
  }
  const news = () => olga.allText().split('Новая встреча').length - 1
  const talk = async (words: string, heard: number) => {
    await olga.play([
      ['/messages', 'messages'],
      [{ words }, /Отправлено/],
    ])
    await expect.poll(() => curator.allText(), soon).toMatch(/новое сообщение/)
    await announce(`2026-12-0${heard + 2}T12:00:00Z`)
    await expect.poll(news, soon).toBe(heard)
  }
  await talk('Спросите про школу', 1)
  expect(await columnsWith(world, (text) => text === `telegram:${olga.id}`)).toEqual([
    'public.persons.account',
  ])

  const { prisma } = world.database
  const people = await prisma.person.count()
  // The start has left it for when no instance of before is there any more.
  expect(await makeDue(world.database, 'seal-accounts')).toBe(1)
  await expect.poll(() => prisma.person.count({ where: { sealedAccount: null } }), soon).toBe(0)
  expect(await columnsWith(world, (text) => text.includes(`telegram:${olga.id}`))).toEqual([])
  await talk('Ещё раз', 2)
  expect(await prisma.person.count()).toBe(people)
})
