import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { tapsOf } from '#test/support/taps.ts'
import { openWorld } from '#test/support/world.ts'

test('a curator adds a circumstance in five taps, and ends it in four', async () => {
  const { world, curator, familyId } = await openWithFamily()
  await curator.byHand(`-.f-card.${familyId}`)
  const added = await tapsOf(curator, [
    ['Дело', 'family-file'],
    ['Категории', /Пока не записано ничего/],
    ['Добавить', /1\. Здоровье мешает обходиться без помощи[\s\S]*32\. Алкоголь или наркотики у родителей/],
    ['32', /Алкоголь или наркотики у родителей[\s\S]*Кто это увидел/],
    ['Увидели при выходе домой', /1\. Алкоголь или наркотики у родителей – с 25 ноября 2026, увидели дома/],
  ])
  expect(added).toBeLessThanOrEqual(5)
  await curator.byHand(`-.f-card.${familyId}`)
  const ended = await tapsOf(curator, [
    ['Дело', 'family-file'],
    ['Категории', /Алкоголь/],
    ['1', /Закончится сегодняшним днём/],
    ['Закончилось', /Пока не записано ничего/],
  ])
  expect(ended).toBeLessThanOrEqual(5)
  expect(await world.database.prisma.caseNeed.count()).toBe(2)
  const boris = await world.staff('Борис', ['oktyabrsky'], 'curator')
  await boris.byHand(`-.f-needs.${familyId}`)
  expect(boris.text()).not.toMatch(/категории и обстоятельства/)
})

test('Nyagan: the main category is marked by a tap, in English too', async () => {
  const world = await openWorld({ at: '2026-11-25T07:00:00Z', region: 'nyagan' })
  const key = await keyOf(world)
  const [territory = ''] = ((await key.get('/territories')).body as { items: { code: string }[] }).items.map(
    ({ code }) => code,
  )
  const irina = await world.staff('Ирина', [territory], 'curator')
  const curatorId = await staffIdOf(world, 'Ирина')
  const { id } = (await key.post('/families', { territory, curatorId })).body as { id: string }
  for (const code of ['large-family', 'low-income'])
    await key.post(`/families/${id}/needs`, { kind: 'category', code, since: '2026-11-01' })
  await expect.poll(() => irina.allText(), { timeout: 30_000 }).toMatch(/Теперь вы ведёте семью/)
  await irina.byHand(`-.f-needs.${id}`)
  await irina.play([
    ['2', /Закончится сегодняшним днём/],
    ['Сделать главной', /2\. [^\n]*\(главная\)/],
    ['/language', 'language'],
    ['English', /./],
  ])
  await irina.byHand(`-.f-needs.${id}`)
  expect(irina.text()).toMatch(
    /2\. [^\n]*\(the main one\) – since 1 November 2026, told|2\. [^\n]*\(the main one\)/,
  )
})
