import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWorld } from '#test/support/world.ts'

const labelsOf = ({ buttons, card }: Pick<Chat, 'buttons' | 'card'>) =>
  buttons(card()).map(({ text }) => text)

test('a supervisor looks at the quarter’s report, hands it in, and corrects it, in the bot', async () => {
  const world = await openWorld({ region: 'novgorod', at: '2026-10-12T07:00:00Z' })
  const key = await keyOf(world)
  const elena = await world.staff('Елена', ['veliky-novgorod'], 'supervisor')
  const irina = await world.staff('Ирина', ['veliky-novgorod'], 'curator')
  const accept = async (on: string) => {
    const made = await key.post('/families', { territory: 'veliky-novgorod', appliedAt: `${on}T05:00:00Z` })
    const path = `/families/${(made.body as { id: string }).id}`
    for (const kind of ['need-recognised', 'contract'])
      await key.post(`${path}/events`, { kind, on, skip: 'urgent' })
    return path
  }
  await accept('2026-10-12')
  const handed = () => world.database.prisma.handedInReport.count({ where: { period: '2026-Q4' } })

  await elena.play([
    ['/start', 'home'],
    ['Отчёт за квартал', /Отчёт: III квартал 2026 года[\s\S]*Проект: отчёт не сдан/],
    ['Позже', /Отчёт: IV квартал 2026 года[\s\S]*Сдать можно с 30 декабря 2026[\s\S]*1\.2\. [^\n]+ – 1/],
  ])
  expect(labelsOf(elena)).not.toContain('Сдать')
  // Two systems at once: one of them hands it in.
  world.clock.set('2026-12-01T07:00:00Z')
  const both = await Promise.all([1, 2].map(() => key.post('/reports/2026-Q3/hand-in', {})))
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  world.clock.set('2026-12-30T07:00:00Z')
  await elena.play([
    ['Меню', 'home'],
    [
      'Отчёт за квартал',
      /Отчёт: IV квартал 2026 года[\s\S]*до 30 декабря 2026 включительно[\s\S]*1\.8\. [^\n]+ – 1/,
    ],
    ['Только основные', /только в основной категории/],
    ['Считать все категории', /в каждой из своих категорий/],
    ['Сдать', /Сдать отчёт\? IV квартал 2026 года[\s\S]*Числа застынут/],
  ])
  // Somebody else is recorded between the look and the tap.
  const second = await accept('2026-12-30')
  const slow = elena.dataOf('Да, сдать')
  await elena.play([['Да, сдать', /числа изменились[\s\S]*Сдать отчёт\?/]])
  expect(await handed()).toBe(0)
  const yes = elena.dataOf('Да, сдать')
  await elena.play([
    ['Да, сдать', /Отчёт сдан: IV квартал[\s\S]*Сдан 30 декабря 2026[\s\S]*ничего не изменилось/],
  ])
  // Two taps, and a button of before.
  for (const data of [yes, slow]) await elena.byHand(data)
  expect(await world.database.prisma.handedInReport.findMany({ where: { period: '2026-Q4' } })).toMatchObject(
    [{ number: 1, period: '2026-Q4', apiKeyId: null, figures: { 'form.1.2': 2 } }],
  )
  expect((await key.get('/reports/2026-Q4')).body).toMatchObject({
    handedIn: [{ number: 1, byItself: false }],
  })

  await key.post(`${second}/transition`, { to: 'closed', reason: 'goals-reached' })
  await elena.play([
    ['Меню', 'home'],
    ['Отчёт за квартал', /После сдачи изменилось:[\s\S]*1\.8: было 2, стало 1/],
    ['Внести уточнение', /Уточнение\. IV квартал[\s\S]*1\.8: было 2, стало 1[\s\S]*Почему числа изменились/],
  ])
  await elena.say('я'.repeat(501))
  expect(await handed()).toBe(1)
  await elena.say('Семью сняли в последний день')
  expect(elena.text()).toMatch(/Уточнение № 2 внесено[\s\S]*Уточнение № 2 от 30 декабря 2026/)
  expect((await key.get('/reports/2026-Q4')).body).toMatchObject({
    handedIn: [{}, { number: 2, reason: 'Семью сняли в последний день' }],
    changed: [],
  })
  await elena.play([['Файл PDF', /Отчёт: IV квартал/]])

  // Nobody but supervisors of the whole centre; no quarter that has not begun, and none that is made up.
  await irina.play([['/start', 'home']])
  expect(labelsOf(irina)).not.toContain('Отчёт за квартал')
  for (const period of ['', '2026-Q4']) {
    await irina.byHand(`-.quarter-report.${period}`)
    expect(irina.text()).not.toMatch(/Отчёт/)
  }
  for (const period of ['2027-Q1', '2199-Q4', '1999-Q1', '2026-Q5']) {
    await elena.byHand(`-.quarter-report.${period}`)
    expect(elena.text(), period).not.toMatch(
      new RegExp(`Отчёт: .* ${period.slice(0, 4) === '2026' ? 'V ' : period.slice(0, 4)}`),
    )
  }
  await world.staff('Мария', ['borovichi'], 'supervisor')
  await elena.byHand('-.quarter-report.2026-Q4')
  expect(elena.text()).toMatch(/Сдан 30 декабря 2026|Уточнение № 2/)
  expect(labelsOf(elena)).not.toContain('Файл PDF')
})
