import { expect, test } from 'vitest'
import { openRegionJourney } from '#test/support/region-journey.ts'

test('Chelyabinsk: no commission; agreement and diagnosis before the plan, ten working days for it, post-support', async () => {
  const way = await openRegionJourney('chelyabinsk', 'Челябинск', 'chelyabinsk')
  await way.accepts('2026-11-26', 'crisis', /Центр решил 26 ноября[\s\S]*Сейчас: выбор куратора/)
  expect(await way.due()).toEqual({})
  await way.records([
    ['2026-11-27', 'закрепили куратора', /Сейчас: знакомство и первые документы, с 27 ноября/],
    ['2026-11-30', 'собраны первые сведения о семье', /Сейчас: соглашение о помощи, с 30 ноября/],
    // 3.2.1: ten working days from the agreement, over the holidays.
    ['2026-12-21', 'подписали соглашение о сопровождении', /План помощи \(ИПСС\): до среды, 13 января/],
    ['2026-12-24', 'первичная диагностика проведена', /Сейчас: составляем вместе план помощи, с 24 декабря/],
  ])
  expect(await way.due()).toEqual({ ipss: '2027-01-13' })
  await way.passes('2027-01-11')
  expect(way.curator.allText()).toMatch(/Семья № 1: план помощи \(ИПСС\) – до среды, 13 января/)
  await way.passes('2027-01-14')
  expect(way.supervisor.allText()).toMatch(/Семья № 1: срок прошёл – план помощи/)
  await way.records([
    ['2027-01-14', 'план готов и отправлен', /Сейчас: помощь по плану и встречи, с 14 января/],
    ['2027-01-15', 'помощь по плану началась', /до четверга, 15 апреля/],
  ])
  // 2.10: six months at the crisis level; the text has no interval for the diagnosis.
  expect(await way.due()).toEqual({ 'interim-diagnosis': '2027-04-15 default', support: '2027-07-15' })
  await way.records([
    ['2027-04-14', 'промежуточная диагностика проведена', /до четверга, 15 июля/],
    // The term of that very day gives way to the end: nobody reads that it was missed.
    ['2027-07-15', 'план закончился', /Дальше: решаем: закончить или продолжить\.\n(?!Вместе)/],
    ['2027-07-16', 'итоговая диагностика проведена', /Сейчас: решаем: закончить или продолжить, с 16 июля/],
  ])
  expect(way.olga.text()).not.toMatch(/наша задержка/)
  await way.stands('2027-07-19', 'post-support', /Сейчас: узнаём время от времени, как дела, с 19 июля/)
  await way.ends('2027-07-20', 'Цели достигнуты', '2027-09-21')
})
