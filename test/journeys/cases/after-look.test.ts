import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { minorAnswers, minorSubmits } from '#test/support/intake.ts'
import { openOffice, soon } from '#test/support/office.ts'
import { tapsOf } from '#test/support/taps.ts'
import { workPasses } from '#test/support/waiting.ts'

const closing = { to: 'closed', reason: 'family-wish', contactAfter: true }
const count = (chat: Chat, words: RegExp) => chat.allText().match(words)?.length ?? 0
const worse = /после окончания стало хуже/g

test('after the end a family says with one tap how it is; «хуже» reaches the curator at once, silence the supervisor last', async () => {
  const { world, key, curator, supervisor, path, familyId, member } = await openWithFamily()
  const office = await openOffice(world)
  const [olga, petr] = [await member('parent', 'Ольга'), await member('parent', 'Пётр')]
  const dasha = await member('minor', 'Даша')
  expect(await key.post(`${path}/transition`, closing)).toMatchObject({ status: 200 })
  await olga.play([['/menu', /Сопровождение семьи закончено/]])
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('Как у вас сейчас?')

  await workPasses(world, office, '2027-01-26T11:30:00Z')
  const { prisma } = world.database
  const asked = await prisma.push.findMany({ where: { kind: 'after-look' } })
  expect(asked.map(({ status }) => status)).toEqual(['sent', 'sent'])
  expect(olga.allText()).toMatch(/У вас новое сообщение/)
  expect(olga.allText()).not.toMatch(/Как у вас сейчас/)
  expect(count(curator, /как дела у семьи/g)).toBe(0)
  await dasha.byHand(`-.how-now.${familyId}`)
  expect(dasha.text()).toMatch(/Сейчас мы об этом не спрашиваем/)
  await olga.play([
    ['/menu', /Сопровождение семьи закончено/],
    ['Как у вас сейчас?', /другим в семье его не показываем[\s\S]*Можно не отвечать/],
    ['Лучше', /Записали: лучше[\s\S]*Спросим ещё раз до [\s\S]*25 мая/],
  ])
  // The second one reads nothing of the first answer; what is worse counts all the same.
  await petr.byHand(`-.how-now.${familyId}`)
  expect(petr.text()).toMatch(/Сейчас отвечать не нужно/)
  const again = petr.dataOf('Хуже')
  await petr.play([['Хуже', /Записали: хуже[\s\S]*Прочитает Ирина, [\s\S]*112/]])
  expect(petr.buttons(petr.card()).map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Написать словами', 'Попросить о помощи']),
  )
  await expect.poll(() => count(curator, worse), { timeout: 30_000 }).toBe(1)
  await petr.byHand(again)
  await petr.byHand(`-.how-now.${familyId}`)
  await petr.play([['Хуже', /Записали: хуже/]])
  await curator.settle()
  expect([count(curator, worse), count(supervisor, worse)]).toEqual([1, 0])
  expect(
    await prisma.caseEvent.findMany({ where: { kind: 'after-look' }, orderBy: { id: 'asc' } }),
  ).toMatchObject([
    { detail: 'good', staffId: null },
    { detail: 'worse', staffId: null },
  ])
  expect(curator.buttons(curator.card()).map(({ text }) => text)).toEqual(
    expect.arrayContaining(['Написать', 'Связаться']),
  )
  await curator.play([['Написать', /Пётр[\s\S]*Сейчас хуже/]])
  await curator.byHand(`-.f-reach.${familyId}`)
  expect(curator.allText()).toMatch(/Семья № 1: связь/)
  expect(olga.allText()).not.toMatch(/хуже\.<|Сейчас хуже/)

  // Nobody answers: the curator is told after the term, the supervisor after some days more, until it is recorded.
  const past = /срок прошёл – как дела у семьи/g
  const told = () => [count(curator, past), count(supervisor, past)]
  await workPasses(world, office, '2027-04-26T11:30:00Z')
  expect(await prisma.push.count({ where: { kind: 'after-look' } })).toBe(4)
  await workPasses(world, office, '2027-05-26T11:30:00Z')
  await workPasses(world, office, '2027-05-27T11:30:00Z')
  expect(told()).toEqual([1, 0])
  await workPasses(world, office, '2027-05-31T11:30:00Z')
  expect(told()).toEqual([1, 1])
  await curator.byHand(`-.f-card.${familyId}`)
  const taps = [
    ['Как сейчас', /Семья № 1: как сейчас\?/],
    ['Так же', /Записано: так же[\s\S]*Остаётесь на связи/],
  ] as const
  expect(await tapsOf(curator, taps)).toBe(2)
  await workPasses(world, office, '2027-06-01T11:30:00Z')
  expect(told()).toEqual([1, 1])
  // What others record reaches the curator, too.
  const look = { on: '2027-06-01', how: 'worse' }
  expect(await key.post(`${path}/looks`, look)).toMatchObject({ status: 201 })
  await expect.poll(() => count(curator, worse), { timeout: 30_000 }).toBe(2)
})

test('without pushes it waits in the menu; a minor is asked where no adult is, and without the curator supervisors are told', async () => {
  const { world, key, curator, supervisor, path, member, another } = await openWithFamily()
  const office = await openOffice(world)
  const olga = await member('parent', 'Ольга')
  const other = await another()
  const dasha = await member('minor', 'Даша', other)
  await olga.play([
    ['Настройки', 'settings'],
    ['Какие уведомления', 'push-mode'],
    ['Никаких', 'settings'],
  ])
  for (const one of [path, other])
    expect(await key.post(`${one}/transition`, closing)).toMatchObject({ status: 200 })
  const before = olga.messages().length
  await workPasses(world, office, '2027-01-26T11:30:00Z')
  expect(olga.messages()).toHaveLength(before)
  await olga.play([
    ['/menu', /Сопровождение семьи закончено/],
    ['Как у вас сейчас?', /Как у вас сейчас/],
    ['/language', 'language'],
    ['English', 'language'],
    ['/menu', /support is over/],
    ['How are you now?', /we do not show it to others in the family/],
    ['The same', /Noted: the same[\s\S]*ask again by Tuesday, 25 May/],
    ['/menu', /support is over/],
  ])
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('How are you now?')
  await world.database.prisma.staffMember.updateMany({ where: { name: 'Ирина' }, data: { active: false } })
  const unseen = count(curator, worse)
  await dasha.play([
    ['/menu', /Сопровождение семьи закончено/],
    ['Как у тебя сейчас?', /Родителям не показываем/],
    ['Хуже', /Записали: хуже[\s\S]*Прочитает специалист центра/],
  ])
  await expect.poll(() => count(supervisor, worse), { timeout: 30_000 }).toBe(1)
  expect(supervisor.allText()).toMatch(/Это нажали сами: подросток/)
  expect(count(curator, worse)).toBe(unseen)
})

test('where a minor says that home is not safe, the adults are asked and thanked as before, and what they say ends nothing', async () => {
  const { world, key, curator, path, familyId, member } = await openWithFamily()
  const office = await openOffice(world)
  const petr = await member('parent', 'Пётр')
  const dasha = await member('minor', 'Даша')
  expect(await key.post(`${path}/transition`, closing)).toMatchObject({ status: 200 })
  await workPasses(world, office, '2027-01-26T11:30:00Z')
  const seen = async () => {
    await petr.say('/menu')
    return [petr.text(), ...petr.buttons(petr.card()).map(({ text }) => text)]
  }
  const before = await seen()
  expect(before).toContain('Как у вас сейчас?')
  const { prisma } = world.database
  const facts = { familyId, memberId: dasha.memberId }
  await dasha.say('/menu')
  await dasha.byHand('-.ask.')
  await dasha.play([...minorAnswers('Нет, это небезопасно').slice(2), ...minorSubmits])
  await expect.poll(() => prisma.safetyFact.count({ where: facts }), soon).toBe(2)
  expect(await seen()).toEqual(before)
  // Neither by what she answers of it herself.
  await dasha.byHand(`-.how-now.${familyId}`)
  await dasha.play([['Хуже', /Записали: хуже/]])
  await expect.poll(() => count(curator, worse), soon).toBe(1)
  expect(await seen()).toEqual(before)

  const looks = () => prisma.caseEvent.count({ where: { kind: 'after-look' } })
  await petr.play([
    ['Как у вас сейчас?', /Как у вас сейчас/],
    ['Лучше', /Записали: лучше[\s\S]*Спросим ещё раз до [\s\S]*25 мая/],
  ])
  expect(await seen()).not.toContain('Как у вас сейчас?')
  expect(await looks()).toBe(1)
  await petr.byHand(`-.how-now.${familyId}`)
  expect(petr.text()).toMatch(/Сейчас отвечать не нужно/)
  // What is worse is read all the same.
  await petr.play([['Хуже', /Записали: хуже[\s\S]*Прочитает Ирина/]])
  await expect.poll(() => count(curator, worse), soon).toBe(2)
  expect(await looks()).toBe(1)

  // In the next time, too, his word does not end the asking.
  await workPasses(world, office, '2027-04-26T11:30:00Z')
  await petr.play([
    ['/menu', /Сопровождение семьи закончено/],
    ['Как у вас сейчас?', /Как у вас сейчас/],
    ['Так же', /Записали: так же/],
  ])
  const open = { code: 'after-look', state: 'open', replacedAt: null, nearToldAt: { not: null } }
  expect(await prisma.caseTerm.count({ where: open })).toBe(1)
})
