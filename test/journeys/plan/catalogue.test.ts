import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { anActivity, aPlan, publish, putPlan } from '#test/support/plan.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

test('help is picked from the catalogue of Novgorod, read in plain words, and nobody there reads of an ИПСС', async () => {
  const world = await openWorld({ region: 'novgorod', at: '2026-11-25T07:00:00Z' })
  const irina = await world.staff('Ирина', ['veliky-novgorod'], 'curator')
  const key = await keyOf(world)
  const made = await key.post('/families', {
    territory: 'veliky-novgorod',
    curatorId: await staffIdOf(world, 'Ирина'),
    level: 'crisis',
    stage: 'agreed-plan',
  })
  const path = `/families/${(made.body as { id: string }).id}`
  const added = await key.post(`${path}/members`, { role: 'parent', name: 'Ольга' })
  const olga = world.person({ firstName: 'Ольга' })
  await openLink(olga, (added.body as { link: string }).link)
  await olga.tap('Даю согласие')

  const help = { kind: 'social' as const, catalogueCode: 'nanny-by-the-hour' }
  await publish(key, path, aPlan([anActivity('nanny', { ...help, plain: 'Няня по вторникам' })]))
  const wrong = aPlan([anActivity('nanny', { kind: 'medical', catalogueCode: 'adult-employment' })])
  expect(await putPlan(key, path, wrong, { 'if-match': '*' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/activities/0/catalogueCode' }] },
  })
  await olga.play([
    ['/plan', 'plan'],
    ['Дальше', /Няня по вторникам/],
    ['Няня по вторникам', /Что это: Няня на час: присмотрит за ребёнком до 3 лет/],
    ['/status', /План мероприятий|план мероприятий/],
    ['Все шаги', /составляем вместе план мероприятий/],
    ['/start', 'home'],
  ])
  await irina.byHand(`-.f-docs.${path.slice('/families/'.length)}`)
  expect(irina.text()).toMatch(/План мероприятий[\s\S]*Заключение рабочей группы/)
  for (const said of [olga.allText(), irina.allText()]) expect(said).not.toMatch(/ИПСС/)
  const listed = await key.get('/help-catalogue')
  expect((listed.body as { items: unknown[] }).items).toHaveLength(13)
})

test('documents of the case: missing ones are named, signed with two taps, dated and corrected through the API', async () => {
  const { key, path, curator, world, familyId } = await openWithFamily()
  await curator.byHand(`-.f-docs.${familyId}`)
  expect(curator.text()).toMatch(/не хватает 5 подписанных документов[\s\S]*○ Заявление\n○ Акт обследования/)
  await curator.play([
    ['Договор о сопровождении', /Договор о сопровождении: подписали сегодня\?/],
    ['Нет', /не хватает 5 /],
    ['Договор о сопровождении', /Ошибку исправит/],
    [
      'Да, подписали',
      /не хватает 4 [\s\S]*✓ Договор о сопровождении: составили 25 ноября, подписали 25 ноября/,
    ],
  ])
  const dated = { document: 'ipss', event: 'given', on: '2026-11-24' }
  type Listed = { items: { code: string; given: { id: string; on: string } | null; missing: boolean }[] }
  const ipss = async () =>
    ((await key.get(`${path}/documents`)).body as Listed).items.find(({ code }) => code === 'ipss')
  expect(await key.post(`${path}/documents`, dated)).toMatchObject({ status: 201 })
  const wrong = (await ipss())?.given?.id
  await key.post(`${path}/documents`, { ...dated, on: '2026-11-23', corrects: wrong })
  expect(await ipss()).toMatchObject({ given: { on: '2026-11-23' }, missing: true })
  await key.post(`${path}/documents`, { ...dated, on: null, corrects: (await ipss())?.given?.id })
  expect(await ipss()).toMatchObject({ given: null })
  for (const bad of [{ on: '2026-11-26' }, { document: 'transfer' }, { on: null }, { corrects: wrong }])
    expect(await key.post(`${path}/documents`, { ...dated, ...bad })).toMatchObject({ status: 422 })
  // Whoever is not in charge of the family finds nothing; every date stays.
  const stranger = await world.staff('Мария', ['leninsky'], 'curator')
  await stranger.byHand(`-.f-docs.${familyId}`)
  expect(stranger.text()).toMatch(/^Здравствуйте/)
  expect(await world.database.prisma.caseDocument.count()).toBe(5)
})
