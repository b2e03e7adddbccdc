import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { planVisit, told } from '#test/support/visits.ts'

test('a reply to the news of a visit, and words on its card, are about that visit', async () => {
  const family = await openWithFamily()
  const { curator, world } = family
  const olga = await family.member('parent', 'Ольга')
  await planVisit(family)
  await told(olga, /Новая встреча/)
  const push = olga.messages().findLast(({ text }) => text?.startsWith('Новая встреча'))
  await olga.say('/menu')
  olga.telegram.reply(olga.id, push?.message_id ?? 0, 'можно без звонка в дверь?')
  await olga.settle()
  expect(olga.text()).toMatch(/^✓ Отправлено\. Прочитает Ирина/)
  olga.sees('home')
  await olga.tap('Посмотреть', push)
  await olga.play([[{ words: 'и дети будут дома' }, /^✓ Отправлено/]])
  olga.sees('visit')
  await curator.byHand(`-.thread.${olga.memberId}`)
  expect(curator.text()).toMatch(
    /О визите в среду, 2 декабря, 15:00\nможно без звонка[\s\S]*О визите в среду, 2 декабря, 15:00\nи дети будут дома/,
  )
  expect(await world.database.prisma.visitAnswer.count()).toBe(0)
})

test('a member with a request besides: words go to what they look at, else to the curator', async () => {
  const family = await openWithFamily()
  const { world, curator } = family
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await submitAsParent(olga)
  await expect.poll(() => anna.text()).toMatch(/2026-000001/)
  const added = await family.key.post(`${family.path}/members`, { role: 'parent', name: 'Ольга' })
  const { member, link } = added.body as { member: { id: string }; link: string }
  await olga.start(new URL(link).searchParams.get('start') ?? '')
  await olga.tap(olga.buttons(olga.card())[0]?.text ?? '')
  await olga.play([
    ['/status', 'status'],
    [{ words: 'это об обращении' }, /^✓ Отправлено\. Прочитает Анна/],
    ['/menu', /./],
    [{ words: 'это куратору' }, /^✓ Отправлено\. Прочитает Ирина/],
  ])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.story.${id}`)
  expect(anna.text()).toMatch(/это об обращении/)
  expect(anna.text()).not.toMatch(/это куратору/)
  await curator.byHand(`-.thread.${member.id}`)
  expect(curator.text()).toMatch(/это куратору/)
  expect(curator.text()).not.toMatch(/это об обращении/)
})

test('a reply to an earlier card does not answer the question on the screen', async () => {
  const { member, world } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.say('/help')
  const old = olga.card().message_id
  await olga.say('/settings')
  olga.telegram.reply(olga.id, old, '22:00–08:00')
  await olga.settle()
  expect(olga.text()).toMatch(/^✓ Отправлено/)
  expect(await world.database.prisma.message.count()).toBe(1)
})
