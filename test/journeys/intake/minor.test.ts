import { expect, test } from 'vitest'
import { minorAnswers, minorSubmits } from '#test/support/intake.ts'
import { jobStates } from '#test/support/rows.ts'
import { openWorld } from '#test/support/world.ts'

// A Tuesday; five working days later is Tuesday, 1 December.
const tuesday = '2026-11-24T09:00:00Z'

test('a fourteen-year-old asks with the parents’ knowledge, and learns who will answer', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Да, можно'), ...minorSubmits])
  // Stavropol's text names no minors as applicants: a message, which starts the same work.
  expect(dasha.text()).toMatch(/Обращение 2026-000001/)
  expect(dasha.text()).toMatch(/до вторника, 1 декабря/)
  expect(dasha.allText()).not.toMatch(/(^|[^а-яё])(вы|вас|вам|ваш[аиу]?)([^а-яё]|$)/i)

  await expect.poll(() => anna.text()).toMatch(/Сообщение 2026-000001/)
  expect(anna.text()).toMatch(/Согласие законного представителя: нужно/)
  expect(anna.text()).toMatch(/Передача сведений другим: не разрешена/)
  await anna.tap('Взять')
  await expect.poll(() => dasha.allText()).toMatch(/У тебя новое сообщение/)
  await dasha.play([['Посмотреть', /занимается Анна/]])

  const consents = await world.database.prisma.consent.findMany({ orderBy: { givenAt: 'asc' } })
  expect(consents.map(({ kind }) => kind)).toEqual(['personal-data', 'minor-agreement'])
})

test('if home is unsafe, the request says so, nothing is pushed, and the contact has a warning', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({
    applicant: 'minor',
    representativeConsent: 'unsafe',
  })

  await expect.poll(() => anna.text()).toMatch(/Согласие законного представителя: небезопасно/)
  const before = dasha.messages().length
  await anna.tap('Взять')
  await anna.tap('Контакты')
  const contact = anna.messages().findLast(({ text }) => text?.includes('контакты'))
  expect(contact?.text).toMatch(/Самим не писать: небезопасно/)
  expect(contact?.text).toMatch(/С родителями не говорить: небезопасно/)
  expect(contact?.text).toMatch(/Имя: Даша/)

  // The notice job ends without sending; the status shows the news on the next visit.
  await expect.poll(() => jobStates(world.database, 'family-notice')).toEqual(['completed'])
  expect(dasha.messages()).toHaveLength(before)
  await dasha.play([['/status', /занимается Анна, специалист по приёму/]])
})

test('in Nyagan a minor applies: an application, by categories, with a default term, in Yekaterinburg’s time', async () => {
  // Monday evening in Moscow is already Tuesday in Nyagan: the term is counted from Tuesday.
  const world = await openWorld({ at: '2026-11-23T19:30:00Z', region: 'nyagan' })
  const vera = await world.staff('Вера', ['nyagan'])
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Решим вместе позже', { place: 'Нягань' }), ...minorSubmits])
  expect(dasha.text()).toMatch(/Обращение 2026-000001 от 24 ноября/)
  expect(dasha.text()).toMatch(/до вторника, 1 декабря/)
  // That the term is a default one is for staff.
  expect(dasha.text()).not.toMatch(/по умолчанию/)
  await expect.poll(() => vera.allText()).toMatch(/срок по умолчанию/)
  expect(await world.database.prisma.request.findFirst()).toMatchObject({
    region: 'nyagan',
    kind: 'application',
    representativeConsent: 'needed',
    dueAt: new Date('2026-12-01T18:59:59.999Z'),
  })

  await expect.poll(() => vera.text()).toMatch(/Заявление 2026-000001/)
  expect(vera.text()).toMatch(/Подано: 24 ноября, 0:30/)
  await vera.tap('Ответы')
  expect(vera.text()).toMatch(/О семье: .*много детей|О семье: Многодетная семья/)
  expect(vera.text()).toMatch(/Что происходит: /)
})
