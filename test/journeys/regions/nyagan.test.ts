import { expect, test } from 'vitest'
import { openRegionJourney } from '#test/support/region-journey.ts'

test('Nyagan: the commission approves the plan, interim diagnosis within the activities, monitoring at the end', async () => {
  const way = await openRegionJourney('nyagan', 'Нягань', 'nyagan')
  await way.moves([['2026-11-25', 'status', /▶ знакомство и выбор куратора – с 25 ноября/]])
  await way.accepts(
    '2026-11-27',
    'crisis',
    /Комиссия решила 27 ноября[\s\S]*Дальше: комиссия утверждает план/,
  )
  // The leaflet has no terms: the product's, marked so.
  expect(await way.due()).toEqual({ ipss: '2026-12-08 default', 'ipss-copy': '2026-12-08 default' })
  await way.records([
    ['2026-11-30', 'план готов и отправлен', /Сейчас: комиссия утверждает план, с 30 ноября/],
    ['2026-12-01', 'экземпляр плана вручён семье', /Сейчас: комиссия утверждает план/],
    ['2026-12-03', 'план утверждён', /Договор о сопровождении: до пятницы, 4 декабря/],
    ['2026-12-04', 'подписали договор о сопровождении', /Сейчас: помощь по плану и встречи, с 4 декабря/],
    ['2026-12-07', 'помощь по плану началась', /до воскресенья, 7 марта 2027/],
  ])
  expect(await way.due()).toEqual({
    'interim-diagnosis': '2027-03-07 default',
    support: '2027-06-07 default',
  })
  // Staff read the last working day within it.
  await way.passes('2027-02-08')
  expect(way.curator.allText()).toMatch(/Семья № 1: промежуточная диагностика – до пятницы, 5 марта/)
  await way.records([
    ['2027-03-05', 'промежуточная диагностика проведена', /до понедельника, 7 июня/],
    ['2027-06-07', 'план закончился', /Сейчас: смотрим вместе, что изменилось, с 7 июня/],
    ['2027-06-08', 'итоговая диагностика проведена', /Сейчас: смотрим вместе, что изменилось/],
  ])
  expect(await way.due()).toEqual({})
  await way.ends('2027-06-10', 'Цели достигнуты', '2027-08-11')
})
