import { expect, test } from 'vitest'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { storedAccount } from '#test/support/accounts.ts'

test('a parent joins by the one-time link after the consent; nothing is stored before it', async () => {
  const { world, key, path, curator, supervisor } = await openWithFamily()
  const added = await key.post(`${path}/members`, { role: 'parent', name: 'Ольга' })
  const { link } = added.body as { link: string }
  const olga = world.person()
  const before = await world.database.prisma.person.count()
  await openLink(olga, link)
  olga.sees('join')
  expect(await world.database.prisma.person.count()).toBe(before)
  // «Start» again declines nothing.
  await olga.play([['/start', 'join']])
  // Whatever took the card away, the menu leads back to it; so does «Start».
  await olga.play([
    ['/menu', /Приглашение центра ждёт ответа/],
    ['/start', /Приглашение центра ждёт ответа/],
    ['Ответить на приглашение', 'join'],
    ['/help', 'help'],
    ['/menu', 'home'],
    ['Ответить на приглашение', 'join'],
  ])
  await olga.play([['Даю согласие', /Куратор семьи – Ирина/]])
  await olga.play([['/menu', /^(?![\s\S]*Приглашение)/]])

  const stranger = world.person({ firstName: 'Пётр' })
  await openLink(stranger, link)
  stranger.sees(/Эта ссылка не действует/)

  // Staff of the family cannot join it.
  const again = (await key.post(`${path}/members`, { role: 'parent', name: 'Павел' })).body as {
    link: string
  }
  for (const chat of [curator, supervisor]) {
    await openLink(chat, again.link)
    chat.sees(/Этой семье вы помогаете как специалист/)
  }
})

test('a minor is addressed as a minor from the first card on', async () => {
  const { world, key, path, another } = await openWithFamily()
  const added = await key.post(`${path}/members`, { role: 'minor', name: 'Даша' })
  const dasha = world.person({ firstName: 'Даша' })
  await openLink(dasha, (added.body as { link: string }).link)
  dasha.sees(/приглашает тебя в бот/)
  await dasha.play([['Да, разрешаю', /^Готово\. Новости[\s\S]*решаешь ты[\s\S]*\n\nПривет/]])

  // Another family's link asks for nothing again, and loosens nothing that she has chosen; another's consent is another.
  const { prisma } = world.database
  await prisma.person.updateMany({ data: { pushMode: 'none' }, where: { account: storedAccount(dasha) } })
  for (const [role, button] of [
    ['minor', 'Войти'],
    ['parent', 'Даю согласие'],
  ] as const) {
    const other = await key.post(`${await another()}/members`, { role, name: 'Даша' })
    await openLink(dasha, (other.body as { link: string }).link)
    await dasha.tap(button)
  }
  const { pushMode } = await prisma.person.findUniqueOrThrow({ where: { account: storedAccount(dasha) } })
  expect(pushMode).toBe('none')
  expect(await prisma.consent.count()).toBe(2)
  await dasha.play([['/help', /Код у двери[\s\S]*Родители этой переписки не видят/]])
})
