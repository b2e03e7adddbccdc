import { expect, test } from 'vitest'
import { openWithDasha } from '#test/support/accepted-minor.ts'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { expectInvariants, expectJobsDone } from '#test/support/invariants.ts'
import { told } from '#test/support/plan.ts'
import { openWithRequest } from '#test/support/submitted.ts'
import { planVisit, told as toldStaff } from '#test/support/visits.ts'
import { openWorld, testKeys } from '#test/support/world.ts'

test('a withdrawal in the middle of a case: its consequences first, then everything stops at once', async () => {
  const { world, key, olga, anna, number, path } = await openWithRequest()
  await anna.tap('Взять')
  await olga.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['3. Мои данные', 'my-consent'],
    ['Отозвать согласие', /Уведомлений больше не будет/],
    ['Оставить согласие', /Действует/],
    ['Отозвать согласие', new RegExp(`Обращение № ${number} рассматривать перестанут`)],
  ])
  olga.sees(/Данные уничтожат до 24 декабря/)
  const before = olga.messages().length
  await olga.tap('Отозвать')
  olga.sees(/Отозвано\. Действует с этой минуты[\s\S]*Отозвано 24 ноября/)
  expect(await key.get(path)).toMatchObject({ body: { status: 'withdrawn', dataSharing: false } })
  await toldStaff(anna, new RegExp(`Обращение ${number} отозвано`))
  const rows = await world.database.prisma.dataRequest.findMany()
  expect(rows).toMatchObject([{ kind: 'withdrawal', source: 'bot', closedAt: null, territory: 'leninsky' }])
  expect(rows[0]?.eraseAt?.toISOString()).toBe('2026-12-22T20:59:59.999Z')
  // Nothing is sent any more, and nothing can be withdrawn twice.
  expect(olga.messages().length - before).toBeLessThanOrEqual(1)
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('Отозвать согласие')
  await olga.play([
    ['‹ Назад', 'my-consents'],
    ['Меню', 'home'],
  ])
  await expectJobsDone(world.database)
  await expectInvariants(world.database, testKeys)

  // The consent can be given again: nothing is destroyed then.
  await submitAsParent(olga)
  const person = await world.database.prisma.person.findFirstOrThrow({ where: { requests: { some: {} } } })
  expect(person.consentWithdrawnAt).toBeNull()
})

test('sharing alone: help goes on, and staff are asked to tell whoever knows', async () => {
  const { key, olga, path, world } = await openWithRequest()
  await olga.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['1. Передача другим', /Передача другим организациям/],
    ['Отозвать согласие', /Помощь продолжится/],
    ['Отозвать', /Отозвано 24 ноября/],
  ])
  expect(await key.get(path)).toMatchObject({ body: { status: 'submitted', dataSharing: false } })
  expect(await world.database.prisma.dataRequest.findMany()).toMatchObject([
    { kind: 'withdrawal', eraseAt: null, closedAt: null },
  ])
  expect(await world.database.prisma.consentWithdrawal.count()).toBe(1)
})

test('a member of a family: the access ends, pushes stop, staff are told without a name, others notice nothing', async () => {
  const family = await openWithFamily()
  const { world, member, curator, supervisor } = family
  const olga = await member('parent', 'Ольга')
  const pavel = await member('parent', 'Павел')
  await told(world)
  const [ofPavel] = [pavel.messages().length]
  await olga.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['1. Мои данные', 'my-consent'],
    ['Отозвать согласие', /Семья № \d+: визиты/],
    ['Отозвать', /Отозвано/],
  ])
  for (const staff of [curator, supervisor]) {
    await toldStaff(staff, /один из членов семьи отозвал согласие/)
    expect(staff.allText()).not.toMatch(/Ольга отозвал/)
  }
  const ofOlga = olga.messages().length
  await planVisit(family)
  await told(world)
  expect(olga.messages()).toHaveLength(ofOlga)
  expect(pavel.allText()).not.toContain('отозва')
  expect(pavel.messages().length).toBeGreaterThan(ofPavel)
  await olga.play([
    ['/visits', /Такого здесь нет/],
    ['/menu', 'home'],
    ['Мои данные', /уничтожат до/],
  ])
})

test('a minor may withdraw; a parent’s phone hears nothing, and the safety of the child is seen to', async () => {
  const { dasha, curator } = await openWithDasha()
  await dasha.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['2. Мои данные', 'my-consent'],
    ['Отозвать согласие', /Родителям об этом бот не скажет/],
    ['Отозвать', /Отозвано/],
  ])
  await toldStaff(curator, /кнопку мог нажать и не он/)
})

test('an account that is not confirmed cannot end the help of whom it belongs to', async () => {
  const { world, key, path, member } = await openWithFamily()
  const dasha = await member('minor', 'Даша')
  const link = await key.post(`${path}/members/${dasha.memberId}/link`, {})
  const stranger = world.person({ firstName: 'Некто' })
  await stranger.start(new URL((link.body as { link: string }).link).searchParams.get('start') ?? '')
  await stranger.tap('Да, разрешаю')
  await stranger.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['1. Мои данные', /Отозвать можно, когда специалист подтвердит/],
  ])
  expect(stranger.buttons(stranger.card()).map(({ text }) => text)).not.toContain('Отозвать согласие')
})

test('whoever never was there cannot withdraw for anybody', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const [olga, pavel] = [world.person(), world.person({ firstName: 'Павел' })]
  await submitAsParent(olga)
  await submitAsParent(pavel)
  const theirs = await world.database.prisma.consent.findFirstOrThrow({ where: { kind: 'personal-data' } })
  await pavel.byHand(`-.my-consent.${theirs.id}`)
  expect(pavel.text()).not.toContain('Отозвать')
  expect(await world.database.prisma.consentWithdrawal.count()).toBe(0)
})
