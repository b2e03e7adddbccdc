import { expect, test } from 'vitest'
import { openRegionJourney } from '#test/support/region-journey.ts'

test('Crimea: the centre’s commission, help within the programme of social services, analysed every quarter', async () => {
  const way = await openRegionJourney('crimea', 'Симферополь', 'simferopol')
  await way.moves([
    ['2026-11-25', 'commission-decision', /▶ комиссия центра решает, чем помочь – с 25 ноября/],
  ])
  await way.accepts(
    '2026-11-27',
    'basic',
    /Комиссия центра решила 27 ноября[\s\S]*Сейчас: выясняем вместе, что нужно/,
  )
  expect(await way.due()).toEqual({ ipss: '2026-12-08 default' })
  await way.records([
    ['2026-11-30', 'подписали договор с организацией', /Дальше: вносим помощь в программу услуг/],
    [
      '2026-12-01',
      'первичная диагностика проведена',
      /План помощи в программе услуг: до вторника, 8 декабря/,
    ],
    ['2026-12-07', 'план готов и отправлен', /Сейчас: помощь по программе и встречи, с 7 декабря/],
    ['2026-12-08', 'помощь по плану началась', /до понедельника, 8 марта 2027/],
  ])
  // 9 (10): the effectiveness is analysed every quarter.
  expect(await way.due()).toEqual({ 'interim-diagnosis': '2027-03-08', support: '2027-12-08 default' })
  await way.passes('2027-02-08')
  expect(way.curator.allText()).toMatch(/Получатель услуг № 1: .* – до пятницы, 5 марта/)
  await way.records([
    ['2027-03-05', 'промежуточная диагностика проведена', /до вторника, 8 июня/],
    ['2027-06-08', 'план закончился', /Сейчас: смотрим вместе, что получилось, с 8 июня/],
  ])
  expect(await way.due()).toEqual({})
  await way.ends('2027-06-09', 'Так решила семья', '2027-08-10')
  for (const chat of [way.olga, way.curator, way.supervisor]) expect(chat.allText()).not.toMatch(/ИПСС(?!У)/)
})
