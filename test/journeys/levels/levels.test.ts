import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

test('a curator ticks signs page by page, reads what they propose and why, and decides otherwise with a word', async () => {
  const { world, curator, familyId } = await openWithFamily()
  await curator.byHand(`-.f-level.${familyId}`)
  await curator.play([
    ['Признаки уровня', /Страница 1 из 4[\s\S]*1\. Первый год нахождения ребёнка/],
    ['Следующие ›', /базовый/],
    ['1', /✓ 1\. Педагогическая безграмотность[\s\S]*Отмечен 1 признак/],
    ['Следующие ›', /кризисный/],
    ['Следующие ›', /экстренный[\s\S]*враждебное отношение|экстренный[\s\S]*Враждебное отношение/],
    ['2', /Отмечено 2 признака/],
    ['Готово', /предлагается уровень экстренный \(пункт 4\.1\)[\s\S]*Враждебное отношение/],
    ['базовый', /Почему «базовый/],
    [{ words: 'Отец больше не живёт с ними' }, /Уровень/],
  ])
  const { prisma } = world.database
  expect(await prisma.family.findUniqueOrThrow({ where: { id: familyId } })).toMatchObject({ level: 'basic' })
  expect(await prisma.levelDecision.findFirstOrThrow()).toMatchObject({
    proposed: 'emergency',
    level: 'basic',
  })
  // Nor does the shorter way lead around the word.
  await curator.byHand(`-.f-level.${familyId}`)
  await curator.play([
    ['кризисный', /Почему «кризисный/],
    ['‹ Назад', /Какой уровень/],
    ['экстренный', /Уровень/],
  ])
  expect(await prisma.family.findUniqueOrThrow({ where: { id: familyId } })).toMatchObject({
    level: 'emergency',
  })
})

test('at acceptance the signs are a detour of the question of the level', async () => {
  const { world, key, path, anna } = await openWithRequest()
  await world.staff('Ирина', ['leninsky'], 'curator')
  await key.post(`${path}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  await anna.byHand(`-.decide.${path.slice('/requests/'.length)}`)
  await anna.play([
    ['Берём на сопровождение', /Какой уровень/],
    ['Признаки уровня', /Страница 1 из 4/],
    ['2', /Отмечен 1 признак/],
    ['Готово', /предлагается уровень адаптационный[\s\S]*Повторный брак/],
    ['кризисный', /Почему «кризисный/],
    [{ words: 'Ссоры каждый день' }, /Кто будет куратором/],
    ['Ирина', /2026-000001: решение/],
    ['Принять семью', /Принято: семья/],
  ])
  expect(await world.database.prisma.levelDecision.findFirstOrThrow()).toMatchObject({
    proposed: 'adaptation',
    level: 'crisis',
  })
})

test('Nyagan has no signs: none are asked for', async () => {
  const world = await openWorld({ at: '2026-11-25T07:00:00Z', region: 'nyagan' })
  const key = await keyOf(world)
  const [territory = ''] = ((await key.get('/territories')).body as { items: { code: string }[] }).items.map(
    ({ code }) => code,
  )
  const irina = await world.staff('Ирина', [territory], 'curator')
  const curatorId = await staffIdOf(world, 'Ирина')
  const { id } = (await key.post('/families', { territory, curatorId })).body as { id: string }
  await irina.byHand(`-.f-level.${id}`)
  expect(irina.buttons(irina.card()).map(({ text }) => text)).not.toContain('Признаки уровня')
  expect(await key.post(`/families/${id}/level`, { signs: ['crisis-1'], level: 'crisis' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/signs' }] },
  })
  expect(await key.post(`/families/${id}/level`, { signs: [], level: 'crisis' })).toMatchObject({
    status: 200,
  })
})
