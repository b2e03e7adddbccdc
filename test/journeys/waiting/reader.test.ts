import { expect, test } from 'vitest'
import { addAbsence, changeStaff } from '#features/staff/absences.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { minorAnswers, minorSubmits, submitAsParent } from '#test/support/intake.ts'
import { openOffice, soon } from '#test/support/office.ts'
import { planVisit } from '#test/support/visits.ts'
import { timePasses } from '#test/support/waiting.ts'
import { openWorld } from '#test/support/world.ts'

// «Прочитает Анна» names a person: whom the family reads of is whoever has it now, and they learn of a change from us.
const tuesday = '2026-11-24T09:00:00Z'

const news = (chat: Chat) => chat.allText().match(/Есть новость|There is news/g)?.length ?? 0

const open = async (at = tuesday) => {
  const world = await openWorld({ at })
  const office = await openOffice(world)
  for (const name of ['Анна', 'Вера', 'Борис']) await world.staff(name, ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  const holder = async () =>
    (await world.database.prisma.request.findFirstOrThrow({ include: { assignedTo: true } })).assignedTo?.name
  /** Until the escalation has chosen the next one. */
  const goesOn = async (next: string) => {
    await office.later(15, 'escalation')
    await expect.poll(holder, soon).toBe(next)
  }
  return { world, office, nina, holder, goesOn, olga: world.person() }
}

test('an urgent request goes on to the next: one line of news, the present name, no second line for the same round', async () => {
  const { world, office, nina, olga, goesOn } = await open()
  await submitAsParent(olga, 'Да, сейчас')
  expect(olga.text()).toMatch(/Прочитает Анна, сегодня до 18:00/)
  await goesOn('Вера')
  await expect.poll(() => news(olga), soon).toBe(1)
  await expect.poll(() => nina.allText(), soon).toMatch(/Не взяли вовремя: 1 раз/)
  await olga.play([
    ['Посмотреть', /Прочитает Вера, сегодня до 18:00[\s\S]*не Анна, а Вера\. Рассказывать заново не нужно/],
    ['/menu', /Прочитает Вера, сегодня до 18:00/],
  ])
  // Every quarter of an hour the next one: what they open says who it is, and nobody is called to it again.
  await goesOn('Борис')
  await timePasses(world, office, world.clock.now().toISOString())
  await olga.play([
    ['/status', /Прочитает Борис[\s\S]*не Вера, а Борис/],
    ['/menu', /Прочитает Борис/],
  ])
  expect(news(olga)).toBe(1)
})

test('who may not be written to reads it in the menu; in English, too', async () => {
  const { world, office, goesOn } = await open()
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  const escalateAt = new Date(world.clock.now().getTime() + 15 * 60_000)
  await world.database.prisma.request.update({ where: { id }, data: { urgent: true, escalateAt } })
  const before = dasha.messages().length
  await goesOn('Вера')
  await timePasses(world, office, world.clock.now().toISOString())
  expect(dasha.messages()).toHaveLength(before)
  await dasha.play([
    ['/status', /не Анна, а Вера/],
    ['/language', /Which language/],
    ['English', /Which language/],
    ['/status', /not Анна but Вера/],
  ])
})

test('at night it waits for the morning, and once somebody has taken it there is nothing to say', async () => {
  const { world, office, olga, goesOn } = await open('2026-11-24T19:50:00Z')
  await submitAsParent(olga, 'Да, сейчас')
  await goesOn('Вера')
  await timePasses(world, office, world.clock.now().toISOString())
  expect(news(olga)).toBe(0)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  const claimedById = (await office.member('Вера')).id
  const taken = { status: 'claimed', claimedById, claimedAt: world.clock.now(), escalateAt: null } as const
  await world.database.prisma.request.update({ where: { id }, data: taken })
  await timePasses(world, office, '2026-11-25T05:01:00Z')
  expect(news(olga)).toBe(0)
})

test('somebody who wrote about another family learns no name and no change', async () => {
  const { world, office, olga, goesOn } = await open()
  await submitAsParent(olga, 'Да, сейчас')
  await world.database.prisma.request.updateMany({ data: { applicant: 'other-person', kind: 'message' } })
  await goesOn('Вера')
  await timePasses(world, office, world.clock.now().toISOString())
  expect(news(olga)).toBe(0)
  await olga.play([['/status', /Прочитает специалист по приёму/]])
  expect(olga.text()).not.toMatch(/Анна|Вера|другой специалист/)
})

test('an absence, or leaving, before anybody took it: the family learns of it once', async () => {
  const { world, office, olga, holder } = await open()
  await submitAsParent(olga)
  const { id: staffId } = await office.member('Анна')
  world.clock.forward(5 * 60_000)
  const now = world.clock.now()
  const until = new Date(now.getTime() + 7 * 24 * 60 * 60_000)
  await office.does((tx, deps) => addAbsence(tx, deps, { staffId, from: now, until, now }))
  await expect.poll(holder, soon).toBe('Вера')
  await expect.poll(() => news(olga), soon).toBe(1)
  await olga.play([['Посмотреть', /не Анна, а Вера/]])
  world.clock.forward(2 * 60 * 60_000)
  const vera = await office.member('Вера')
  await office.does((tx, deps) =>
    changeStaff(tx, deps, {
      staffId: vera.id,
      revision: vera.revision,
      changes: { active: false },
      now: world.clock.now(),
    }),
  )
  await expect.poll(holder, soon).toBe('Борис')
  await expect.poll(() => news(olga), soon).toBe(2)
  await olga.play([['Посмотреть', /Прочитает Борис[\s\S]*не Вера, а Борис/]])
})

test('who has left is named nowhere: path, menu, visit; and the path says who reads while one is away', async () => {
  const family = await openWithFamily()
  const { world, member, curatorId } = family
  const office = await openOffice(world)
  const visit = await planVisit(family)
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Нужна справка' }, /Прочитает Ирина/],
    ['/menu', /Куратор семьи – Ирина/],
    ['/status', /Отвечает: Ирина, куратор\.\n/],
  ])
  const now = world.clock.now()
  const until = new Date(now.getTime() + 24 * 60 * 60_000)
  await office.does((tx, deps) => addAbsence(tx, deps, { staffId: curatorId, from: now, until, now }))
  await olga.play([
    ['/status', /Отвечает: Ирина, куратор\. Сейчас куратора нет, читает специалист по приёму/],
    ['/menu', /Куратора сейчас нет\. Прочитает специалист по приёму/],
  ])
  const { revision } = await office.member('Ирина')
  const changes = { active: false }
  await office.does((tx, deps) =>
    changeStaff(tx, deps, { staffId: curatorId, revision, changes, now: world.clock.now() }),
  )
  await olga.play([
    ['/status', /Отвечает: центр\. Куратора ещё назначают/],
    ['/menu', /Куратора семьи ещё назначают/],
    ['/visits', 'visits'],
  ])
  await olga.byHand(`-.visit.${visit.id}`)
  olga.sees(/Кто: центр ещё решает\. Пока имени здесь нет, дверь можно не открывать/)
  expect(olga.text()).not.toMatch(/Ирина/)
})
