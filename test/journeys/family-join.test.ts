import { expect, test } from 'vitest'
import { openLink, openWithFamily } from '../support/family.ts'

test('a parent joins by the one-time link, after the consent, and nothing is kept of them before it', async () => {
  const { world, key, path } = await openWithFamily()
  const added = await key.post(`${path}/members`, { role: 'parent', name: 'Ольга' })
  const { link } = added.body as { link: string }
  const olga = world.person()
  const before = await world.database.prisma.person.count()
  await openLink(olga, link)
  olga.sees('join')
  expect(await world.database.prisma.person.count()).toBe(before)
  await olga.play([['Даю согласие', /Куратор семьи – Ирина/]])

  const stranger = world.person({ firstName: 'Пётр' })
  await openLink(stranger, link)
  stranger.sees(/Эта ссылка не действует/)
})

test('a minor is spoken to as a minor from the first card on', async () => {
  const { world, key, path } = await openWithFamily()
  const added = await key.post(`${path}/members`, { role: 'minor', name: 'Даша' })
  const dasha = world.person({ firstName: 'Даша' })
  await openLink(dasha, (added.body as { link: string }).link)
  dasha.sees(/приглашает тебя в бот/)
  await dasha.play([['Да, разрешаю', /^Готово\. Новости[\s\S]*решаешь ты[\s\S]*\n\nПривет/]])
})
