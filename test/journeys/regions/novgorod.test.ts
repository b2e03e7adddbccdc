import { expect, test } from 'vitest'
import { openRegionJourney } from '#test/support/region-journey.ts'

test('Novgorod: the contract precedes the plan, which the working group approves within thirty days; no ИПСС anywhere', async () => {
  const way = await openRegionJourney('novgorod', 'Великий Новгород', 'veliky-novgorod')
  await way.moves([['2026-11-25', 'need', /▶ решают, чем помочь – с 25 ноября/]])
  await way.accepts(
    '2026-11-27',
    'basic',
    /Центр соцобслуживания решил 27 ноября[\s\S]*Сейчас: договор о помощи/,
  )
  expect(await way.due()).toEqual({})
  await way.records([
    // 3.5.2: thirty calendar days from the contract, also on the first of January.
    ['2026-12-02', 'подписали договор о взаимодействии', /План мероприятий: до пятницы, 1 января/],
    ['2026-12-03', 'закрепили куратора', /Сейчас: знакомство с куратором, что нужно, с 2 декабря/],
    ['2026-12-08', 'первичная диагностика проведена', /Сейчас: составляем вместе план мероприятий/],
    ['2026-12-14', 'план готов и отправлен', /Сейчас: составляем вместе план мероприятий/],
    ['2026-12-15', 'план отклонён', /Сейчас: составляем вместе план мероприятий/],
    ['2026-12-18', 'план готов и отправлен', /Сейчас: составляем вместе план мероприятий/],
  ])
  expect(await way.due()).toEqual({ ipss: '2027-01-01', 'next-plan': '2026-12-29 default' })
  await way.records([
    ['2026-12-21', 'план утверждён', /Сейчас: помощь по плану и встречи, с 21 декабря/],
    ['2026-12-22', 'помощь по плану началась', /до понедельника, 22 марта 2027/],
    ['2027-03-22', 'промежуточная диагностика проведена', /до вторника, 22 июня/],
    ['2027-06-22', 'план закончился', /Сейчас: смотрим вместе, что изменилось, с 22 июня/],
    ['2027-06-23', 'итоговая диагностика проведена', /Дальше: узнаём время от времени, как дела/],
  ])
  expect(await way.due()).toEqual({})
  await way.stands('2027-06-24', 'post-support', /Сейчас: узнаём время от времени, как дела/)
  await way.ends('2027-06-25', 'Семья переехала', '2027-08-26')
  for (const chat of [way.olga, way.curator, way.supervisor]) expect(chat.allText()).not.toMatch(/ИПСС/)
})
