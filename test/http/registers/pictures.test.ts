import { PNG } from 'pngjs'
import { expect, test } from 'vitest'
import { regionCodes } from '#regions/schema.ts'
import { region as regionOf } from '#regions/index.ts'
import { type ApiClient, keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'
import { quarter } from '#test/support/registers.ts'
import { openWorld, type World } from '#test/support/world.ts'

const pictureOf = async (world: World, { token }: ApiClient, register: string, query = quarter) => {
  const url = new URL(`/api/v1/registers/${register}/picture?${query}`, world.app().url)
  const headers = { authorization: `Bearer ${token}`, 'accept-language': 'ru' }
  const answer = await fetch(url, { headers })
  return { status: answer.status, content: Buffer.from(await answer.arrayBuffer()) }
}
/** The texts of a picture, in their order. */
const textsOf = async (...asked: Parameters<typeof pictureOf>) => {
  const { status, content } = await pictureOf(...asked)
  expect(status, content.toString()).toBe(200)
  return [...content.toString().matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
}
/** The figures of the chart with this title, month by month; below them stand the names of the months. */
const figuresIn = (texts: readonly (string | undefined)[], title: string, months: number) => {
  const from = texts.indexOf(title)
  expect(from, `${title} in ${texts.join(' | ')}`).toBeGreaterThan(0)
  const last = texts.findIndex((text, place) => place > from && text === (months === 2 ? 'нояб' : 'дек'))
  return texts.slice(last + 1, last + 1 + months)
}

test.for(regionCodes)('every register of %s has a picture by month', async (code) => {
  const world = await openWorld({ region: code, at: '2026-11-25T07:00:00Z' })
  const key = await keyOf(world)
  for (const { code: register } of regionOf(code).registers) {
    const texts = await textsOf(world, key, register)
    expect(texts.join(' '), register).toMatch(/По месяцам, число семей · октябрь 2026 – ноябрь 2026/)
    const { content } = await pictureOf(world, key, register, `${quarter}&format=png`)
    expect(PNG.sync.read(content).width).toBe(1000)
  }
})

test('a picture shows each month as it was, and no line with few families to whom it is not shown', async () => {
  const { world, key, path } = await openWithFamily()
  const once = (on: string) => ({ when: { kind: 'once', on } as const })
  const span = { from: '2026-10-01', until: '2027-03-31' }
  const ids = await publish(
    key,
    path,
    aPlan(
      [
        anActivity('talk', { kind: 'psychological', ...once('2026-10-20') }),
        anActivity('again', { kind: 'psychological', ...once('2026-11-24') }),
        anActivity('more', { kind: 'psychological', ...once('2026-11-23') }),
      ],
      span,
    ),
  )
  for (const [name, on] of [
    ['talk', '2026-10-20'],
    ['again', '2026-11-24'],
    ['more', '2026-11-23'],
  ])
    expect(
      await key.post(`${path}/activities/${ids[String(name)]}/outcomes`, { on, happened: true }),
    ).toMatchObject({ status: 200 })
  await key.post(`${path}/facts`, { fact: 'rights-lost', on: '2026-10-10' })

  const help = await textsOf(world, key, 'help')
  expect(figuresIn(help, 'Психологическая', 2)).toEqual(['1', '1'])
  expect(figuresIn(help, 'Юридическая', 2)).toEqual(['0', '0'])
  const families = await textsOf(world, key, 'families')
  expect(figuresIn(families, 'На сопровождении в конце месяца', 2)).toEqual(['0', '1'])
  expect(figuresIn(families, 'Приняты за месяц', 2)).toEqual(['0', '1'])
  expect(figuresIn(families, 'Сняты за месяц', 2)).toEqual(['0', '0'])
  const results = await textsOf(world, key, 'results')
  expect(figuresIn(results, 'Родители, лишённые родительских прав', 2)).toEqual(['1', '0'])
  expect(figuresIn(results, 'Семьи в кризисной ситуации', 2)).toEqual(['0', '1'])
  expect(results).not.toContain('Удовлетворённость семей, решивших свои проблемы (отчёт по опросам)')
  // A part of a month is that part; a whole year is its months.
  expect(
    figuresIn(await textsOf(world, key, 'help', 'from=2026-10-21&until=2026-11-23'), 'Психологическая', 2),
  ).toEqual(['0', '1'])
  const elsewhere = await keyOf(world, { territories: ['oktyabrsky'] })
  expect(figuresIn(await textsOf(world, elsewhere, 'help'), 'Психологическая', 2)).toEqual(['0', '0'])

  const counter = await keyOf(world, { scopes: ['reports:read'] })
  expect(await pictureOf(world, counter, 'families')).toMatchObject({ status: 403 })
  expect(await pictureOf(world, counter, 'help')).toMatchObject({ status: 422 })
  expect(await pictureOf(world, key, 'journal')).toMatchObject({ status: 404 })
  for (const query of [
    'from=2026-12-31&until=2026-10-01',
    'from=2026-12-01&until=2026-12-31',
    `${quarter}&format=gif`,
  ])
    expect(await pictureOf(world, key, 'help', query), query).toMatchObject({ status: 422 })
  world.clock.set('2027-01-12T07:00:00Z')
  const guarded = await textsOf(world, counter, 'help')
  expect(figuresIn(guarded, 'Психологическая', 3)).toEqual(['скрыто', 'скрыто', 'скрыто'])
  expect(figuresIn(guarded, 'Юридическая', 3)).toEqual(['0', '0', '0'])
  const opened = await world.database.prisma.auditEntry.count({
    where: { action: 'register.opened', apiKeyId: counter.keyId },
  })
  expect(opened).toBe(1)
})
