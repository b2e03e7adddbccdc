import { describe, expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openOffice, soon } from '#test/support/office.ts'
import { jobStates, makeDue } from '#test/support/rows.ts'
import { openWorld } from '#test/support/world.ts'

// An unclaimed request is escalated to the next specialist and a supervisor until somebody acts.
const tuesday = '2026-11-24T09:00:00Z'

const cardOf = (chat: Chat, words: RegExp | string) => expect.poll(() => chat.allText(), soon).toMatch(words)

const threeAndASupervisor = async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const vera = await world.staff('Вера', ['leninsky'])
  const boris = await world.staff('Борис', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  return { world, office: await openOffice(world), anna, vera, boris, nina, olga: world.person() }
}

describe('urgent', () => {
  test('every 15 minutes the next one gets it, and the supervisor learns how long it has waited', async () => {
    const { world, office, anna, vera, boris, nina, olga } = await threeAndASupervisor()
    const number = await submitAsParent(olga, 'Да, сейчас')
    await cardOf(anna, number)
    const first = anna.card().message_id

    await office.later(15, 'escalation')
    await cardOf(vera, number)
    await cardOf(nina, /Не взяли вовремя: 1 раз\. Ждёт 15 минут\.\n→ Вера: /)
    const annas = () => anna.messages().find(({ message_id }) => message_id === first)?.text
    await expect.poll(annas, soon).toMatch(/→ Вера: /)
    expect(boris.allText()).not.toContain(number)

    await office.later(15, 'escalation')
    await cardOf(boris, number)
    await cardOf(nina, /Не взяли вовремя: 2 раза\. Ждёт 30 минут\.\n→ Борис: /)
    expect(await office.history()).toEqual([
      'submitted',
      'assigned',
      'escalated',
      'assigned',
      'escalated',
      'assigned',
    ])
    const decisions = await world.database.prisma.routingDecision.findMany({ orderBy: { id: 'asc' } })
    expect(decisions.map(({ trigger }) => trigger)).toEqual(['submitted', 'escalation', 'escalation'])

    // All have had it: it goes round again.
    await office.later(15, 'escalation')
    await cardOf(nina, /Не взяли вовремя: 3 раза/)
    expect(await world.database.prisma.request.findFirst()).toMatchObject({
      escalations: 3,
      assignedToId: (await office.member('Анна')).id,
    })
    // Whoever had it before may still take it.
    await vera.play([['Взять', /Взято вами/]])
    await expect.poll(() => nina.allText()).toMatch(/Взято: Вера/)
  })

  test('it keeps rotating, even if one of them has a lower load', async () => {
    const { world, office, anna, vera, boris, olga } = await threeAndASupervisor()
    // One ordinary request each; Anna is done with hers.
    const others = [anna, vera, boris]
    for (const chat of others) await cardOf(chat, await submitAsParent(world.person()))
    const { id } = await office.member('Анна')
    const { prisma } = world.database
    await prisma.$executeRaw`UPDATE requests
      SET status = 'claimed', claimed_by_id = assigned_to_id, claimed_at = assigned_at, escalate_at = NULL`
    await prisma.request.updateMany({ where: { assignedToId: id }, data: { status: 'closed' } })
    const number = await submitAsParent(olga, 'Да, сейчас')
    await cardOf(anna, number)
    const request = () => prisma.request.findUnique({ where: { number }, include: { assignedTo: true } })
    const holder = async () => (await request())?.assignedTo?.name
    const held = [await holder()]
    for (let step = 1; step <= 6; step += 1) {
      await office.later(15, 'escalation')
      await expect.poll(async () => (await request())?.escalations, soon).toBe(step)
      held.push(await holder())
    }
    const round = held.slice(0, 3)
    expect(new Set(round)).toEqual(new Set(['Анна', 'Вера', 'Борис']))
    expect(held).toEqual([...round, ...round, held[0]])
  })

  test('a claim stops it', async () => {
    const { world, office, anna, nina, olga } = await threeAndASupervisor()
    const number = await submitAsParent(olga, 'Да, сейчас')
    await cardOf(anna, number)
    await anna.play([['Взять', /Взято вами/]])
    await office.later(60, 'escalation')
    await expect.poll(() => jobStates(world.database, 'escalation'), soon).toEqual(['completed'])
    expect(nina.allText()).not.toContain(number)
    expect(await office.history()).toEqual(['submitted', 'assigned', 'claimed'])
    expect(await world.database.prisma.request.findFirst()).toMatchObject({
      escalateAt: null,
      escalations: 0,
    })
  })

  test('a withdrawal does not stop it: whether everybody is safe is to be checked, see danger/safety-check', async () => {
    const { office, nina, olga } = await threeAndASupervisor()
    await submitAsParent(olga, 'Да, сейчас')
    await olga.play([
      ['Отозвать', 'withdraw'],
      ['Да, отозвать', /Отозвано/],
    ])
    expect(nina.allText()).not.toMatch(/Проверьте/)
    await office.later(16, 'escalation')
    await cardOf(nina, /Отозвано\. Проверьте, безопасно ли/)
  })

  test('our own clock decides: a job that comes too early waits', async () => {
    const { world, office, anna, nina, olga } = await threeAndASupervisor()
    const number = await submitAsParent(olga, 'Да, сейчас')
    await cardOf(anna, number)
    await office.later(14, 'escalation')
    await expect.poll(() => jobStates(world.database, 'escalation'), soon).toEqual(['completed', 'created'])
    expect(await world.database.prisma.request.findFirst()).toMatchObject({ escalations: 0 })
    await office.later(1, 'escalation')
    await cardOf(nina, /Не взяли вовремя: 1 раз/)
  })

  test('passing it on unclaimed does not reset the time', async () => {
    const { world, office, anna, vera, nina, olga } = await threeAndASupervisor()
    const number = await submitAsParent(olga, 'Да, сейчас')
    await cardOf(anna, number)
    world.clock.forward(10 * 60_000)
    await anna.play([
      ['Передать', 'pass-on'],
      [{ words: 'Знаю эту семью лично.' }, /Передано/],
    ])
    await cardOf(vera, number)
    await office.later(5, 'escalation')
    await cardOf(nina, /Не взяли вовремя: 1 раз\. Ждёт 15 минут/)
  })

  test('after a released claim the time starts again', async () => {
    const { world, office, anna, vera, nina, olga } = await threeAndASupervisor()
    const number = await submitAsParent(olga, 'Да, сейчас')
    await cardOf(anna, number)
    await anna.play([['Взять', /Взято вами/]])
    world.clock.forward(10 * 60_000)
    await anna.play([
      ['Передать', 'pass-on'],
      [{ words: 'Знаю эту семью лично.' }, /Передано/],
    ])
    await cardOf(vera, number)
    // The job of before comes, finds another moment, and waits for it beside the new one.
    await office.later(5, 'escalation')
    await expect
      .poll(async () => (await jobStates(world.database, 'escalation')).sort(), soon)
      .toEqual(['completed', 'completed', 'created', 'created'])
    expect(nina.allText()).not.toMatch(/Не взяли/)
    await office.later(10, 'escalation')
    // 25 minutes after it was submitted, and 15 since it waits again.
    await cardOf(nina, /Не взяли вовремя: 1 раз\. Ждёт 15 минут/)
    const kinds = await office.history()
    expect(kinds.filter((kind) => kind === 'escalated')).toHaveLength(1)
  })
})

test('ordinary: after 4 working hours, the night and the weekend not counted', async () => {
  const { world, office, anna, nina, olga } = await threeAndASupervisor()
  world.clock.set('2026-11-27T13:00:00Z')
  const number = await submitAsParent(olga)
  await cardOf(anna, number)
  const { escalateAt } = await world.database.prisma.request.findFirstOrThrow()
  // Friday 16:00: two hours on Friday, two on Monday.
  expect(escalateAt?.toISOString().slice(0, 15)).toBe('2026-11-30T08:0')
  world.clock.set('2026-11-29T12:00:00Z')
  await makeDue(world.database, 'escalation')
  await expect.poll(() => jobStates(world.database, 'escalation'), soon).toEqual(['completed', 'created'])
  expect(nina.allText()).not.toContain(number)
  world.clock.set('2026-11-30T08:10:00Z')
  await office.later(0, 'escalation')
  await cardOf(nina, /Не взяли вовремя: 1 раз\. Ждёт 2 дня/)
})

test('the only specialist gets the card again, and a supervisor learns of it', async () => {
  const world = await openWorld({ at: tuesday })
  const office = await openOffice(world)
  const anna = await world.staff('Анна', ['leninsky'])
  const far = await world.staff('Пётр', ['shpakovsky'], 'supervisor')
  const number = await submitAsParent(world.person(), 'Да, сейчас')
  await cardOf(anna, number)
  const first = anna.card().message_id
  await office.later(15, 'escalation')
  await expect.poll(() => anna.card().message_id, soon).toBeGreaterThan(first)
  expect(anna.text()).toMatch(/Не взяли вовремя: 1 раз/)
  // No supervisor serves the territory: all of them do.
  await cardOf(far, number)
  expect(await office.history()).toEqual(['submitted', 'assigned', 'escalated'])
})

test('of two supervisors the one on duty is told', async () => {
  const world = await openWorld({ at: tuesday })
  const office = await openOffice(world)
  const rest = { dutyHours: { mon: ['09:00', '18:00'] as [string, string] } }
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor', rest)
  const lena = await world.staff('Елена', ['leninsky'], 'supervisor')
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person(), 'Да, сейчас')
  await cardOf(anna, number)
  await office.later(15, 'escalation')
  await cardOf(lena, number)
  await expect.poll(() => jobStates(world.database, 'staff-card'), soon).not.toContain('created')
  expect(nina.allText()).not.toContain(number)
})

test('a supervisor’s queue starts with escalated requests, and says how often and why', async () => {
  const { world, office, anna, boris, nina, olga } = await threeAndASupervisor()
  const late = await submitAsParent(olga)
  await cardOf(anna, late)
  world.clock.set('2026-11-24T13:10:00Z')
  await office.later(0, 'escalation')
  await cardOf(nina, late)
  const fresh = await submitAsParent(world.person(), 'Да, сейчас')
  await cardOf(boris, fresh)
  await nina.play([['/queue', /Сначала те, что не взяли вовремя/]])
  expect(nina.text().indexOf(late)).toBeLessThan(nina.text().indexOf(fresh))
  expect(nina.text()).toMatch(new RegExp(`${late} · .*\nНе взяли вовремя: 1 раз\\. Ждёт 4 часа\\.\n→ Вера: `))
  // A specialist's queue has the urgent one first.
  await anna.play([['/queue', 'queue']])
  expect(anna.text().indexOf(fresh)).toBeLessThan(anna.text().indexOf(late))
})
