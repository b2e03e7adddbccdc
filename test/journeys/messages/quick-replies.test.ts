import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { told } from '#test/support/plan.ts'
import { missing, openWithRequest, problem } from '#test/support/submitted.ts'

type Listed = { items: { id: string; content: { title: { ru: string } } }[] }

test('a curator chooses an answer, sees it filled in, and sends it as their own', async () => {
  const { world, key, path, curator, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const visit = { startsAt: '2026-12-02T15:00:00+03:00', purpose: 'regular', audience: 'family' }
  await curator.byHand(`-.thread.${olga.memberId}`)
  await curator.play([
    ['Ответить', 'thread-write'],
    ['Быстрые ответы', 'quick-replies'],
    ['Когда придём', /Не хватает: дня визита, времени визита/],
    ['‹ Назад', 'quick-replies'],
  ])
  expect(curator.buttons(curator.card()).map(({ text }) => text)).toContain('Прочитали')
  await key.post(`${path}/visits`, visit)
  await told(world)
  await expect.poll(() => curator.allText()).toMatch(/Вам назначен визит/)
  await curator.byHand(`-.thread.${olga.memberId}`)
  await curator.play([
    ['Ответить', 'thread-write'],
    ['Быстрые ответы', 'quick-replies'],
    ['Когда придём', /Ольга, к вам придут в среду, 2 декабря, в 15:00/],
    ['Тепло', /Отправить это\?[\s\S]*Ольга, ждём встречи в среду, 2 декабря/],
    ['Отправить', 'thread'],
  ])
  await olga.byHand('-.messages.')
  expect(olga.text()).toMatch(/Ирина[\s\S]*Ольга, ждём встречи в среду, 2 декабря, в 15:00/)
})

test('a minor reads «ты», and nothing of a visit that is not for them', async () => {
  const { world, key, path, curator, member } = await openWithFamily()
  const dasha = await member('minor', 'Даша')
  await key.post(`${path}/visits`, {
    ...{ startsAt: '2026-12-02T15:00:00+03:00', purpose: 'regular', audience: 'adults' },
  })
  await told(world)
  await expect.poll(() => curator.allText()).toMatch(/Вам назначен визит/)
  await curator.byHand(`-.thread.${dasha.memberId}`)
  await curator.play([
    ['Ответить', 'thread-write'],
    ['Быстрые ответы', 'quick-replies'],
    ['Когда придём', /Не хватает: дня визита/],
    ['‹ Назад', 'quick-replies'],
    ['Пришлите документ', /Даша, пришли фото/],
  ])
})

test('a specialist answers a request in three taps; supervisors and keys keep the list', async () => {
  const { world, key, anna, olga } = await openWithRequest()
  await anna.tap('Взять')
  await anna.play([
    ['Написать семье', 'write'],
    ['Быстрые ответы', 'quick-replies'],
    ['Прочитали', /Ольга, мы прочитали/],
    ['Коротко', /Отправить это\?[\s\S]*Прочитали\. Ответим здесь/],
    ['Отправить', 'case'],
  ])
  await olga.byHand('-.talk.')
  expect(olga.text()).toMatch(/Прочитали\. Ответим здесь/)

  const listed = async () => ((await key.get('/quick-replies')).body as Listed).items
  const before = await listed()
  expect(before).toHaveLength(11)
  const content = { title: { ru: 'Своё' }, texts: { ru: { plain: { adult: '{имя}, это наш ответ' } } } }
  expect(await key.post('/quick-replies', { content })).toMatchObject({ status: 201 })
  const own = (await listed()).at(-1)
  expect(own).toMatchObject({ content })
  const wrong = { ...content, texts: { ru: { plain: { adult: 'Пароль {код}' } } } }
  expect(await key.post('/quick-replies', { content: wrong })).toMatchObject(problem('invalid-input', 422))
  expect(await key.patch(`/quick-replies/${own?.id}`, { position: 0 })).toMatchObject({ status: 200 })
  expect((await listed())[0]?.id).toBe(own?.id)
  for (const { id } of before) expect((await key.delete(`/quick-replies/${id}`)).status).toBe(204)
  expect(await listed()).toHaveLength(1)
  // What was removed does not come back with the next start.
  await world.restart()
  expect(await listed()).toHaveLength(1)
  expect(await key.patch(`/quick-replies/${missing}`, { position: 1 })).toMatchObject(
    problem('not-found', 404),
  )
  const here = await keyOf(world, { territories: ['leninsky'] })
  expect(await here.delete(`/quick-replies/${own?.id}`)).toMatchObject(problem('not-allowed', 409))
})
