import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWorld } from '#test/support/world.ts'

const labelsOf = ({ buttons, card }: Pick<Chat, 'buttons' | 'card'>) =>
  buttons(card()).map(({ text }) => text)

test('a centre divided among supervisors: each confirms their part, and with the last one the report is handed in', async () => {
  const world = await openWorld({ region: 'novgorod', at: '2026-12-29T07:00:00Z' })
  const key = await keyOf(world)
  const elena = await world.staff('Елена', ['veliky-novgorod'], 'supervisor')
  const maria = await world.staff('Мария', ['borovichi'], 'supervisor')
  const accept = async (territory: string) => {
    const appliedAt = '2026-12-01T05:00:00Z'
    const { id } = (await key.post('/families', { territory, appliedAt })).body as { id: string }
    for (const kind of ['need-recognised', 'contract'])
      await key.post(`/families/${id}/events`, { kind, on: '2026-12-29', skip: 'urgent' })
  }
  await accept('veliky-novgorod')
  await accept('borovichi')
  await accept('borovichi')
  const { prisma } = world.database
  const handed = () => prisma.handedInReport.findMany({ where: { period: '2026-Q4' } })

  // Before it is due nothing can be confirmed.
  await elena.play([
    ['/start', 'home'],
    ['Отчёт за квартал', /Отчёт: III квартал/],
    [
      'Позже',
      /Сдать можно с 30 декабря[\s\S]*Это ваша часть: Великий Новгород[\s\S]*Ещё не подтвердили: Боровичи/,
    ],
  ])
  expect(labelsOf(elena)).not.toContain('Подтвердить часть')
  world.clock.set('2026-12-30T07:00:00Z')
  await elena.play([
    ['Меню', 'home'],
    ['Отчёт за квартал', /1\.2\. [^\n]+ – 1/],
    ['Подтвердить часть', /Подтвердить вашу часть\? IV квартал[\s\S]*когда подтвердят все/],
    [
      'Да, подтвердить',
      /Ваша часть подтверждена[\s\S]*Вашу часть вы подтвердили[\s\S]*Ещё не подтвердили: Боровичи/,
    ],
  ])
  expect(labelsOf(elena)).not.toContain('Подтвердить часть')
  expect(await handed()).toEqual([])
  expect(await prisma.auditEntry.count({ where: { action: 'report.part-confirmed' } })).toBe(1)

  await maria.play([
    ['/start', 'home'],
    ['Отчёт за квартал', /Подтвердили:\n• Елена: Великий Новгород[\s\S]*1\.2\. [^\n]+ – 2/],
    ['Подтвердить часть', /Остальные части подтверждены: отчёт будет сдан сразу/],
  ])
  // The other part changes meanwhile: it has to be confirmed again.
  await accept('veliky-novgorod')
  await maria.play([
    ['Да, подтвердить', /Ваша часть подтверждена[\s\S]*Ещё не подтвердили: [^\n]*Великий Новгород/],
  ])
  expect(await handed()).toEqual([])
  await elena.play([
    ['Меню', 'home'],
    ['Отчёт за квартал', /Подтвердили:\n• Мария[\s\S]*1\.2\. [^\n]+ – 2/],
    ['Подтвердить часть', /отчёт будет сдан сразу/],
  ])
  const yes = elena.dataOf('Да, подтвердить')
  await elena.play([['Да, подтвердить', /Отчёт сдан: IV квартал/]])
  await elena.byHand(yes)
  expect(await handed()).toMatchObject([{ number: 1, figures: { 'form.1.2': 4 } }])
  expect(labelsOf(elena)).not.toContain('Файл PDF')
})

test('two last confirmations at once: one report', async () => {
  const world = await openWorld({ region: 'novgorod', at: '2026-12-30T07:00:00Z' })
  const both = [
    await world.staff('Елена', ['veliky-novgorod'], 'supervisor'),
    await world.staff('Мария', ['borovichi'], 'supervisor'),
  ]
  for (const one of both)
    await one.play([
      ['/start', 'home'],
      ['Отчёт за квартал', /Это ваша часть/],
      ['Подтвердить часть', /когда подтвердят все/],
    ])
  await Promise.all(both.map((one) => one.tap('Да, подтвердить')))
  const { prisma } = world.database
  const parts = await prisma.reportPart.count()
  // Whoever came second is shown how it stands now, or had seen it already.
  if ((await prisma.handedInReport.count()) === 0) {
    const left = both.find((one) => /Подтвердить вашу часть/.test(one.text())) ?? both[1]
    await left?.play([
      ['/start', 'home'],
      ['Отчёт за квартал', /./],
      ['Подтвердить часть', /сдан сразу/],
      ['Да, подтвердить', /Отчёт сдан/],
    ])
  }
  expect(parts).toBeGreaterThan(0)
  expect(await prisma.handedInReport.count({ where: { period: '2026-Q4' } })).toBe(1)
})
