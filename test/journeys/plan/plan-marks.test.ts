import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'
import { tapsOf } from '#test/support/taps.ts'

/** A family whose plan had one activity yesterday and has one next week. */
const open = async () => {
  const family = await openWithFamily()
  const { key, path, world } = family
  const plan = aPlan([
    anActivity('past', {
      plain: 'Разговор с психологом',
      when: { kind: 'once', on: '2026-11-26', at: '10:00' },
    }),
    anActivity('ahead', { plain: 'Кружок', when: { kind: 'once', on: '2026-12-09', at: '16:00' } }),
  ])
  await publish(key, path, plan)
  world.clock.set('2026-11-27T07:00:00Z')
  return family
}

test('a curator marks from the family’s card what took place, in four taps', async () => {
  const { world, curator, supervisor, familyId } = await open()
  await curator.byHand(`-.f-card.${familyId}`)
  const taps = await tapsOf(curator, [
    ['План', /План семьи/],
    ['Отметить, что было', /было ли это\?[\s\S]*26 ноября: Разговор с психологом/],
    ['Разговор с психологом', /руководитель/],
    [{ words: 'я'.repeat(301) }, /длиннее 300/],
    [{ words: 'Метка: заболела' }, /Ваши слова: «Метка: заболела»/],
    ['Не было', /Отмечено: не было[\s\S]*Всё уже отмечено/],
  ])
  // Words are no taps.
  expect(taps).toBeLessThanOrEqual(5)
  const [mark] = await world.database.prisma.activityMark.findMany()
  expect(mark).toMatchObject({ author: 'staff', happened: false })
  expect(JSON.stringify(mark)).not.toMatch(/Метка/)
  await supervisor.byHand(`-.f-said.${mark?.activityId}`)
  expect(supervisor.text()).toMatch(/26 ноября не было «Метка: заболела»/)
})

test('what was marked through the API meanwhile is not marked again; others mark nothing', async () => {
  const { world, curator, familyId, key, path } = await open()
  await curator.byHand(`-.f-marks.${familyId}`)
  await curator.play([['Разговор с психологом', /руководитель/]])
  const { activities } = (await key.get(`${path}/plan`)).body as {
    activities: { id: string; code: string }[]
  }
  const id = activities.find(({ code }) => code === 'past')?.id
  const report = { on: '2026-11-26', happened: true }
  expect((await key.post(`${path}/activities/${id}/outcomes`, report)).status).toBeLessThan(300)
  await curator.play([['Не было', /уже отмечено/]])
  expect(await world.database.prisma.activityMark.findMany()).toMatchObject([{ happened: true }])
  const galina = await world.staff('Галина', ['leninsky'], 'curator')
  await galina.byHand(`-.f-marks.${familyId}`)
  galina.sees('home')
})
