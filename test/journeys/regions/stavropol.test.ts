import { expect, test } from 'vitest'
import { openRegionJourney } from '#test/support/region-journey.ts'

test('Stavropol: survey, consilium and commission before the plan; a rejected plan, a second one, the grounds of 6.20', async () => {
  const way = await openRegionJourney('stavropol', 'Ставрополь, Ленинский район', 'leninsky')
  await way.reads(/Срок: до вторника, 1 декабря/)
  await way.moves([
    ['2026-11-25', 'home-survey', /▶ знакомство дома, по договорённости – с 25 ноября/],
    ['2026-11-27', 'consilium', /▶ специалисты обсуждают, чем помочь – с 27 ноября/],
    ['2026-11-30', 'commission-decision', /▶ комиссия решает, чем помочь – с 30 ноября/],
  ])
  await way.accepts(
    '2026-12-01',
    'emergency',
    /Комиссия решила 1 декабря[\s\S]*Сейчас: составляем вместе план помощи/,
  )
  // Ten working days from the application.
  expect(await way.due()).toEqual({ ipss: '2026-12-08', 'ipss-copy': '2026-12-08' })
  await way.records([
    ['2026-12-07', 'план готов и отправлен', /Ваш экземпляр плана: до вторника, 8 декабря/],
    ['2026-12-08', 'экземпляр плана вручён семье', /Сейчас: план утверждают, с 7 декабря/],
    ['2026-12-09', 'план отклонён', /Сейчас: составляем вместе план помощи, с 9 декабря/],
  ])
  expect(await way.due()).toEqual({ 'next-plan': '2026-12-23 default' })
  await way.records([
    ['2026-12-11', 'план готов и отправлен', /Сейчас: план утверждают, с 11 декабря/],
    // 6.16: one working day; the thirtieth is the last one of the year.
    ['2026-12-30', 'план утверждён', /Договор о сопровождении: до понедельника, 11 января/],
    ['2027-01-11', 'подписали договор о сопровождении', /Сейчас: помощь по плану и встречи, с 11 января/],
    ['2027-01-12', 'помощь по плану началась', /до понедельника, 12 апреля/],
  ])
  expect(await way.due()).toEqual({ 'interim-diagnosis': '2027-04-12', support: '2027-04-12' })
  await way.passes('2027-03-15')
  expect(way.curator.allText()).toMatch(/Семья № 1: .* – до понедельника, 12 апреля/)
  await way.records([
    ['2027-04-12', 'план закончился', /Сейчас: смотрим вместе, что изменилось, с 12 апреля/],
    ['2027-04-13', 'решили продолжить', /Сейчас: составляем вместе план помощи, с 13 апреля/],
  ])
  expect(await way.due()).toEqual({ 'next-plan': '2027-04-27 default' })
  await way.records([
    ['2027-04-20', 'план готов и отправлен', /Сейчас: план утверждают, с 20 апреля/],
    ['2027-04-22', 'план утверждён', /Сейчас: договор о помощи, с 22 апреля/],
    ['2027-04-23', 'подписали договор о сопровождении', /Сейчас: помощь по плану и встречи, с 23 апреля/],
    ['2027-07-23', 'план закончился', /Сейчас: смотрим вместе, что изменилось, с 23 июля/],
  ])
  // 6.25: the end is decided on the final assessment.
  await way.curator.byHand(`-.f-end.${way.family()}`)
  await way.curator.play([
    ['Цели достигнуты', /Итоговая диагностика не записана, а решают по её итогам/],
    ['Не заканчивать', 'family-case'],
  ])
  await way.records([
    ['2027-07-26', 'итоговая диагностика проведена', /Сейчас: решаем: закончить или продолжить/],
  ])
  expect(await way.due()).toEqual({})
  await way.curator.byHand(`-.f-end.${way.family()}`)
  expect(way.curator.text()).toMatch(/Основания – по регламенту региона/)
  await way.ends('2027-07-28', 'Цели достигнуты', '2027-09-28')
})
