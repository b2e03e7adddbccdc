import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { problem } from '#test/support/submitted.ts'

type Term = { id: string; familyId: string; code: string; dueOn: string }

test('an interim diagnosis that was missed outlives the plan, the case and the family’s return, until it is explained', async () => {
  const { world, key, path, familyId } = await openWithFamily()
  const overdue = async (by = key) => {
    const { items } = (await by.get('/deadlines?show=overdue')).body as { items: Term[] }
    return items.filter((term) => term.familyId === familyId && term.code === 'interim-diagnosis')
  }
  const event = (kind: string, on: string) => key.post(`${path}/events`, { kind, on, skip: 'urgent' })
  await event('ipss-began', '2026-11-25')
  world.clock.set('2027-04-05T07:00:00Z')
  await event('ipss-ended', '2027-04-05')
  const [missed] = await overdue()
  expect(missed).toMatchObject({ dueOn: '2027-02-25' })
  const close = { to: 'closed', reason: 'goals-reached' }
  expect(await key.post(`${path}/transition`, close)).toMatchObject({ status: 200 })
  expect(await overdue()).toMatchObject([{ id: missed?.id }])
  world.clock.set('2027-06-07T07:00:00Z')
  const again = { appliedOn: '2027-06-01', acceptedOn: '2027-06-07' }
  expect(await key.post(`${path}/episodes`, again)).toMatchObject({ status: 201 })
  expect(await overdue()).toMatchObject([{ id: missed?.id }])

  const explain = (by = key) =>
    by.post(`${path}/deadlines/${missed?.id}/explanation`, { words: 'Семья была в отъезде' })
  const elsewhere = await keyOf(world, { territories: ['oktyabrsky'] })
  expect(await overdue(elsewhere)).toEqual([])
  expect(await explain(elsewhere)).toMatchObject(problem('not-found', 404))
  expect(await explain()).toMatchObject({ status: 200 })
  expect(await overdue()).toEqual([])
  expect(await explain()).toMatchObject(problem('already-closed', 409))
  const stored = await world.database.prisma.caseTerm.findMany({ where: { id: missed?.id ?? '' } })
  expect(stored).toMatchObject([{ state: 'explained' }])
})

test('after the case is closed its curator or supervisor explains what was missed, in the bot', async () => {
  const { world, key, path, familyId, supervisor } = await openWithFamily()
  await key.post(`${path}/events`, { kind: 'ipss-began', on: '2026-11-25', skip: 'urgent' })
  world.clock.set('2027-04-05T07:00:00Z')
  await key.post(`${path}/transition`, { to: 'closed', reason: 'goals-reached' })
  await supervisor.byHand(`-.f-file.${familyId}`)
  await supervisor.play([
    ['Объяснить срок', /промежуточная диагностика – срок прошёл/],
    ['1', /Почему так вышло/],
    [{ words: 'Семья была в отъезде' }, /больше не напоминаем/],
  ])
  const open = await world.database.prisma.caseTerm.findMany({
    where: { familyId, state: 'open', replacedAt: null },
  })
  expect(open).toEqual([])
  const stranger = await world.staff('Галина', ['leninsky'], 'curator')
  await stranger.byHand(`-.f-terms.${familyId}`)
  stranger.sees('home')
})
