import { expect, test } from 'vitest'
import { type ApiClient, keyOf } from '#test/support/api.ts'
import type { Chat } from '#test/support/chat.ts'
import { minorAnswers, minorSubmits } from '#test/support/intake.ts'
import { jobStates } from '#test/support/rows.ts'
import { openWithRequest, pushes, staffIdOf } from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

const refused = {
  outcome: 'refused',
  decision: {
    reason: 'Работа <уже> есть в другом центре.',
    instead: 'Психолог по средам, без записи.',
  },
}
const notNeeded = { outcome: 'not-needed', decision: { reason: 'Вы сказали, что справились сами.' } }
const passedOn = {
  outcome: 'passed-on',
  decision: {
    reason: 'У них есть место в группе.',
    organisation: 'Центр «Надежда»',
    phone: '8-800-000-00-00',
    help: 'группа для родителей',
  },
}

const close = async (key: ApiClient, path: string, answer: object) =>
  expect(await key.post(`${path}/transition`, { to: 'closed', ...answer })).toMatchObject({ status: 200 })

const cardOf = (chat: Chat) => ({
  text: chat.text(),
  labels: chat.buttons(chat.card()).map(({ text }) => text),
})

const opens = (chat: Chat) => chat.play([['/status', 'status']])

/** Даша's request, taken by Анна; a supervisor of the territory is there. */
const openWithMinor = async (): Promise<{ world: World; key: ApiClient; path: string; dasha: Chat }> => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Да, можно'), ...minorSubmits])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  const key = await keyOf(world)
  const path = `/requests/${id}`
  await key.post(`${path}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  return { world, key, path, dasha }
}

test('a refused adult reads who decided, why, what now and how to disagree; what they answer reaches two people', async () => {
  const { world, key, anna, olga, path, number } = await openWithRequest({ atOnce: true })
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  const far = await world.staff('Нина', ['oktyabrsky'], 'supervisor')
  await anna.tap('Взять')
  await close(key, path, refused)
  await expect.poll(() => pushes(olga)).toBe(2)
  await opens(olga)
  expect(olga.text()).toMatch(/Комиссия решила 24 ноября: сопровождение сейчас не начнут/)
  expect(olga.text()).toContain('Почему: Работа <уже> есть в другом центре.')
  expect(olga.text()).toContain('Что можно уже сейчас: Психолог по средам, без записи.')
  expect(olga.text()).toMatch(/За решение отвечает Анна/)
  expect(olga.text()).toMatch(/в прокуратуру или в суд/)
  expect(olga.text()).not.toMatch(/работа закончена/)

  await olga.play([
    ['Написать нам', 'objection'],
    [{ words: 'Там нас не взяли.' }, /Отправлено/],
  ])
  for (const chat of [anna, elena])
    await expect.poll(() => chat.allText()).toMatch(`К закрытому обращению ${number} написали`)
  expect(far.allText()).not.toMatch(number)
  await elena.tap('Своими словами')
  expect(elena.text()).toMatch(/Там нас не взяли/)
})

test('a refused minor reads that asking was right, and where to go without parents', async () => {
  const { key, path, dasha } = await openWithMinor()
  await close(key, path, refused)
  await opens(dasha)
  expect(dasha.text()).toMatch(/сопровождения пока не будет/)
  expect(dasha.text()).toMatch(/Просить о помощи – правильно. Ты не делаешь ничего плохого/)
  expect(dasha.text()).toMatch(/В опеку можно прийти без родителей/)
  expect(dasha.text()).not.toMatch(/\b[Вв]ы\b|[Вв]ам\b|суд/)
})

test('what is closed as not needed can be denied with one button', async () => {
  const { key, path, dasha } = await openWithMinor()
  await close(key, path, notNeeded)
  await opens(dasha)
  expect(dasha.text()).toMatch(/Специалисты центра решили 24 ноября: сопровождение пока не нужно/)
  await dasha.play([
    ['Это не так', 'objection'],
    [{ words: 'Мне всё ещё плохо' }, /Отправлено/],
  ])
})

test('whoever is passed on reads where, its phone, and that nothing was told about them', async () => {
  const { key, anna, olga, path } = await openWithRequest({ atOnce: true })
  await anna.tap('Взять')
  await close(key, path, passedOn)
  await opens(olga)
  expect(olga.text()).toMatch(/другая организация: Центр «Надежда»/)
  expect(olga.text()).toMatch(/Чем поможет: группа для родителей\nТелефон: 8-800-000-00-00/)
  expect(olga.text()).toMatch(/О вас мы туда ничего не передавали/)
})

test('what was agreed stands above the path for two weeks, for adults and minors', async () => {
  const { world, key, path, dasha } = await openWithMinor()
  await close(key, path, { outcome: 'support-agreed' })
  await opens(dasha)
  expect(dasha.text()).toMatch(/Центр будет помогать тебе и семье. Комиссия решила 24 ноября/)
  expect(dasha.text()).toMatch(/Семья № 1/)
  world.clock.set('2026-12-09T09:00:00Z')
  await opens(dasha)
  expect(dasha.text()).not.toMatch(/Центр будет помогать/)
})

test('somebody who wrote about another family learns that it was read, and nothing else, ever', async () => {
  for (const answer of [refused, { outcome: 'support-agreed' }]) {
    const { world, key, anna, olga, path } = await openWithRequest({ atOnce: true })
    const { id } = await world.database.prisma.request.findFirstOrThrow()
    const data = { applicant: 'other-person', kind: 'message' }
    await world.database.prisma.request.update({ where: { id }, data })
    const before = olga.messages().length
    await opens(olga)
    expect(olga.text()).toMatch(/мы получили ваше обращение/)
    await anna.tap('Взять')
    await expect.poll(() => pushes(olga)).toBe(1)
    await opens(olga)
    const read = cardOf(olga)
    expect(read.text).toMatch(/прочитал ваше обращение/)
    await key.post(`${path}/transition`, { to: 'ipss' })
    await close(key, path, answer)
    await expect.poll(() => jobStates(world.database, 'family-notice')).not.toContain('created')
    await opens(olga)
    expect(cardOf(olga)).toEqual(read)
    expect(pushes(olga)).toBe(1)
    await olga.play([
      ['Дописать', 'note'],
      [{ words: 'Сегодня снова был крик' }, /Дописано/],
    ])
    await expect.poll(() => anna.allText()).toMatch(/дописали/)
    await opens(olga)
    await olga.play([[{ words: 'И сегодня' }, /Отправлено\. Прочитает/]])
    const seen = olga
      .messages()
      .slice(before)
      .map(({ text }) => text)
    expect(seen.join()).not.toMatch(/Анна|Комисси|план|другом центре/)
  }
})

test('an answer without its words is refused, each missing one by name; the details have what was said', async () => {
  const { key, anna, path } = await openWithRequest({ atOnce: true })
  await anna.tap('Взять')
  const pointers = async (body: object) => {
    const { status, body: problem } = await key.post(`${path}/transition`, { to: 'closed', ...body })
    expect(status).toBe(422)
    return (problem as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)
  }
  expect(await pointers({ outcome: 'refused' })).toEqual(['#/decision/reason', '#/decision/instead'])
  expect(await pointers({ outcome: 'passed-on', decision: { reason: 'есть место' } })).toEqual([
    '#/decision/organisation',
    '#/decision/phone',
  ])
  expect(await pointers({ outcome: 'not-needed', decision: { reason: 'x', phone: '112' } })).toEqual([
    '#/decision/phone',
  ])
  await close(key, path, { ...refused, decision: { ...refused.decision, by: 'specialist' } })
  expect((await key.get(`${path}/details`)).body).toMatchObject({
    decision: { outcome: 'refused', by: 'specialist', words: refused.decision },
  })
  // Sealed: the history and the list have the code only.
  expect(JSON.stringify((await key.get(path)).body)).not.toMatch(/Психолог/)
})
