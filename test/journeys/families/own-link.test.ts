import { expect, test } from 'vitest'
import { inviteStaff } from '#features/staff/invite-staff.ts'
import { openLink, openWithFamily } from '#test/support/family.ts'

test('a link that has done its work leads its member in, and nobody else', async () => {
  const { world, key, path, member } = await openWithFamily()
  const added = await key.post(`${path}/members`, { role: 'minor', name: 'Даша' })
  const { link, member: made } = added.body as { link: string; member: { id: string } }
  const dasha = world.person({ firstName: 'Даша' })
  await openLink(dasha, link)
  await dasha.tap('Да, разрешаю')
  await openLink(dasha, link)
  dasha.sees(/^Ты уже здесь\. Ссылка больше не нужна[\s\S]*Привет/)
  // Months later the paper with the code hangs at the fridge; and a new link of her own changes nothing either.
  await world.database.prisma.familyInvite.updateMany({ data: { expiresAt: new Date('2026-01-01') } })
  await openLink(dasha, link)
  dasha.sees(/^Ты уже здесь/)
  const acknowledgement = { reason: 'Потеряла ссылку' }
  const renewed = await key.post(`${path}/members/${made.id}/link`, { acknowledgement })
  await openLink(dasha, (renewed.body as { link: string }).link)
  dasha.sees(/^Ты уже здесь/)
  expect(await world.database.prisma.accountChange.count()).toBe(0)

  const stranger = world.person({ firstName: 'Пётр' })
  await openLink(stranger, link)
  stranger.sees(/Эта ссылка не действует/)
  // Another member of the family neither: the link is hers.
  const olga = await member('parent', 'Ольга')
  await openLink(olga, link)
  olga.sees(/Эта ссылка не действует/)
  await key.delete(`${path}/members/${made.id}`)
  await openLink(dasha, link)
  dasha.sees(/Эта ссылка не действует/)
})

test('a staff link, too, opens the menu of whoever joined by it', async () => {
  const { world } = await openWithFamily()
  const deps = { db: world.database, clock: world.clock, botUsername: 'ryadom_sandbox_bot' }
  const { link } = await inviteStaff(deps, { name: 'Анна', role: 'intake', territories: ['leninsky'] })
  const anna = world.person({ firstName: 'Анна' })
  await openLink(anna, link)
  anna.sees('joined')
  await openLink(anna, link)
  anna.sees(/^Анна, вы уже здесь/)
  const vera = await world.staff('Вера', ['leninsky'])
  await openLink(vera, link)
  vera.sees(/Эта ссылка не действует/)
  await world.database.prisma.staffMember.updateMany({ where: { name: 'Анна' }, data: { active: false } })
  await openLink(anna, link)
  anna.sees(/Эта ссылка не действует/)
})
