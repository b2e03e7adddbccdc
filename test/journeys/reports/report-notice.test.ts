import { expect, test } from 'vitest'
import type { Payload } from '#queue/queues.ts'
import { keyOf } from '#test/support/api.ts'
import { openOffice } from '#test/support/office.ts'
import { jobStates, makeDue } from '#test/support/rows.ts'
import { openWorld } from '#test/support/world.ts'

test('supervisors are told that the report is due, that January’s was made by itself, and that one is late, once each', async () => {
  const world = await openWorld({ region: 'novgorod', at: '2026-10-12T07:00:00Z' })
  const elena = await world.staff('Елена', ['veliky-novgorod'], 'supervisor')
  await world.staff('Ирина', ['veliky-novgorod'], 'curator')
  const key = await keyOf(world)
  const office = await openOffice(world)
  await key.post('/families', { territory: 'veliky-novgorod', stage: 'activities' })

  /** Two instances at the same minute. */
  const sweepAt = async (moment: string) => {
    world.clock.set(moment)
    await office.does(async (tx, { enqueue }) => {
      for (const _ of [1, 2]) await enqueue(tx, 'report-sweep', {} satisfies Payload<'report-sweep'>)
    })
    const done = async (queue: string) =>
      (await jobStates(world.database, queue)).every((state) => state === 'completed')
    await expect.poll(() => done('report-sweep'), { timeout: 30_000 }).toBe(true)
    await makeDue(world.database, 'report-notice')
    await expect.poll(() => done('report-notice'), { timeout: 30_000 }).toBe(true)
  }
  const told = (what: RegExp) => elena.allText().match(new RegExp(what, 'g'))?.length ?? 0

  await sweepAt('2026-12-29T07:00:00Z')
  expect(told(/квартал/)).toBe(0)
  await sweepAt('2026-12-30T07:00:00Z')
  await sweepAt('2026-12-30T08:00:00Z')
  expect(
    told(/Пора сдать отчёт: IV квартал 2026 года\. Последний день, когда он точно в срок, – 4 января 2027/),
  ).toBe(1)

  // 00:30 of the 1st in Novgorod is still the 31st by UTC.
  await sweepAt('2026-12-31T20:30:00Z')
  expect(await world.database.prisma.handedInReport.count()).toBe(0)
  await sweepAt('2026-12-31T21:30:00Z')
  await sweepAt('2027-01-11T07:00:00Z')
  expect(told(/Отчёт составлен сам/)).toBe(1)
  expect((await key.get('/reports/2026-Q4')).body).toMatchObject({
    handedIn: [{ number: 1, byItself: true, apiKeyId: null }],
  })

  await sweepAt('2027-04-02T07:00:00Z')
  await sweepAt('2027-04-05T07:00:00Z')
  await sweepAt('2027-04-06T07:00:00Z')
  expect([told(/Пора сдать отчёт: I квартал/), told(/Отчёт не сдан: I квартал 2027 года/)]).toEqual([1, 1])
  // After it was handed in nobody is told anything.
  await key.post('/reports/2027-Q2/hand-in', {})
  world.clock.set('2027-07-01T07:00:00Z')
  expect(await key.post('/reports/2027-Q2/hand-in', {})).toMatchObject({ status: 201 })
  await sweepAt('2027-07-02T07:00:00Z')
  expect(told(/II квартал/)).toBe(0)
})
