import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'
import { keyOf } from '#test/support/api.ts'
import { adultSubmits, after, done, parentAnswers, ticks, upTo } from '#test/support/intake.ts'
import { ownRegionFile, writeRegionFile } from '#test/support/own-region.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

test('a sixth region by a file: people apply in its words, its terms and days off count, a family goes on', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'ryadom-sixth-'))
  const { ownRegion } = readConfig({ REGION_FILE: writeRegionFile(dir, ownRegionFile()) })
  await rm(dir, { recursive: true })
  if (!ownRegion) throw new Error('no region in the settings')
  const world = await openWorld({ ownRegion, at: '2026-11-24T07:00:00Z' })
  const vera = await world.staff('Вера', ['zaton'])
  await world.staff('Ирина', ['zaton'], 'curator')
  const olga = world.person({ firstName: 'Ольга' })
  const parent = parentAnswers()
  await olga.play([
    ...upTo(parent, 'question.territory'),
    ['Затон', 'question.circumstances'],
    [ticks('Родителям трудно', 'Мама с новорождённым'), /Отмечено/],
    [done, 'question.helpKinds'],
    ...after(parent, 'question.helpKinds'),
    ...adultSubmits,
  ])
  expect(olga.text()).toMatch(/Дальше: совет центра решит, чем помочь/)
  // Seven working days of 2.4, without 1 December, which is the region's own.
  expect(olga.text()).toMatch(/до пятницы, 4 декабря/)
  await expect.poll(() => vera.text()).toMatch(/Заявление 2026-000001/)
  expect(vera.text()).not.toMatch(/срок по умолчанию/)
  await vera.tap('Взять')

  const key = await keyOf(world)
  const { id } = await world.database.prisma.request.findFirstOrThrow({ where: { region: 'ozyorsk' } })
  await key.post(`/requests/${id}/transition`, {
    to: 'closed',
    outcome: 'support-agreed',
    curatorId: await staffIdOf(world, 'Ирина'),
    level: 'basic',
  })
  await olga.play([
    ['/status', /▶|Сейчас/],
    ['Все шаги', /договор о помощи/],
  ])
})
