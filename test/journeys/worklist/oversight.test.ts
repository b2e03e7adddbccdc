import { expect, test } from 'vitest'
import { submitAsParent } from '#test/support/intake.ts'
import { soon } from '#test/support/office.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

test('a supervisor sees everybody’s open work, and opens it with a reason, which is audited', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText(), soon).toContain(number)
  await anna.tap('Взять')
  const { prisma } = world.database
  await nina.play([
    ['/menu', /Здравствуйте, Нина/],
    ['Все обращения', /Открыто 1 обращение[\s\S]*Ведёт: Анна/],
    [number, /Взято: Анна/],
  ])
  expect(nina.buttons(nina.card()).map(({ text }) => text)).not.toContain('Ответы')
  // By hand, as with a button of before.
  const { id } = await prisma.request.findFirstOrThrow()
  for (const link of ['details', 'story', 'contact']) {
    await nina.byHand(`-.${link}.${id}`)
    nina.sees(/Зачем открыть/)
  }
  expect(
    await prisma.auditEntry.count({ where: { action: { in: ['request.details', 'request.contact'] } } }),
  ).toBe(0)
  await nina.play([
    [{ words: 'а'.repeat(301) }, /300/],
    [{ words: 'Мама жалуется, что не отвечают' }, /открыты вам до/],
    ['Ответы', /ответы/],
  ])
  const audit = await prisma.auditEntry.findMany({ where: { requestId: id }, orderBy: { id: 'asc' } })
  expect(audit.map(({ action }) => action)).toEqual(['request.overseen', 'request.details'])
  expect(await prisma.oversight.findMany()).toMatchObject([{ reason: expect.stringMatching(/^v2\./) }])
  // The next day it is asked again; not where the family is kept waiting, which is the supervisor's to mend.
  world.clock.forward(13 * 60 * 60_000)
  await nina.play([
    ['/mine', /Открыто 1 обращение/],
    [number, /Взято: Анна/],
  ])
  expect(nina.buttons(nina.card()).map(({ text }) => text)).toContain('Контакты')
  await prisma.readingPromise.updateMany({ data: { endedAt: world.clock.now() } })
  await nina.play([
    ['/mine', /Открыто 1 обращение/],
    [number, /Взято: Анна/],
  ])
  expect(nina.buttons(nina.card()).map(({ text }) => text)).toContain('Открыть с причиной')
})

test('a supervisor who gives away what somebody else has taken says why first: it opens it to them, too', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText(), soon).toContain(number)
  const ninaId = await staffIdOf(world, 'Нина')
  const { prisma } = world.database
  // Begun while it waited, confirmed after somebody has taken it.
  await nina.play([
    ['/mine', /Открыто 1 обращение/],
    [number, /→ Анна/],
    ['Назначить', /кому назначить/],
    ['Нина', /→ Нина/],
  ])
  await anna.tap('Взять')
  await nina.tap('Назначить')
  expect(await prisma.request.findFirstOrThrow()).toMatchObject({ status: 'claimed' })
  await nina.play([
    ['/mine', /Открыто 1 обращение/],
    [number, /Взято: Анна/],
    ['Назначить', /Почему обращение получит другой/],
    [{ words: 'Анна заболела' }, /кому назначить/],
    ['Нина', /→ Нина[\s\S]*Семья узнает/],
    ['Назначить', /./],
  ])
  expect(await prisma.request.findFirstOrThrow()).toMatchObject({ status: 'submitted', assignedToId: ninaId })
  const audit = await prisma.auditEntry.findMany({ where: { action: 'request.overseen' } })
  expect(audit).toMatchObject([{ staffId: ninaId }])
  await expect.poll(() => anna.allText(), soon).toMatch(/передано: Нина/)
})
