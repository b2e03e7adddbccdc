import { expect, test } from 'vitest'
import { submitAsParent } from '#test/support/intake.ts'
import { noRoom, openWorld } from '#test/support/world.ts'

test('a specialist writes to a family that can only be reached here, and the family answers', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  await anna.play([
    ['Взять', /Взято вами/],
    ['Написать семье', 'write'],
    [{ words: 'Ольга, можем встретиться в четверг в 15:00?' }, 'case'],
  ])
  await expect.poll(() => olga.text()).toMatch(/У вас новое сообщение/)
  expect(olga.text()).not.toMatch(/четверг/)
  await olga.play([
    ['Посмотреть', /Анна.*\n.*можем встретиться в четверг/],
    ['Ответить', 'note'],
    [{ words: 'Да, в 15:00 подходит.' }, 'status'],
    ['Переписка', /Вы, .*\n.*подходит/],
  ])
  await expect.poll(() => anna.text()).toMatch(/дописали/)
  await anna.play([['Своими словами', /подходит/]])
})

test('news of a request waits for the end of the quiet hours, and is not sent if pushes are off', async () => {
  const world = await openWorld({ at: '2026-11-24T19:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  // Who has just asked is awake; three hours later they may sleep.
  world.clock.set('2026-11-24T22:00:00Z')
  await anna.play([['Взять', /Взято вами/]])
  const { prisma } = world.database
  const waiting = () => prisma.$queryRaw<{ at: Date }[]>`
    SELECT start_after AS at FROM pgboss.job WHERE name = 'family-notice' AND state = 'created'
      AND start_after > now() + interval '6 hours'`
  await expect.poll(async () => (await waiting()).length).toBe(1)
  expect(olga.allText()).not.toMatch(/У вас новое сообщение/)

  await prisma.person.updateMany({ data: { pushMode: 'none' } })
  await anna.play([
    ['Написать семье', 'write'],
    [{ words: 'Можем встретиться в четверг?' }, /уведомления не будет/],
  ])
  expect((await waiting()).length).toBe(1)
})

test('only the member who claimed the request can write to its family', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake', noRoom)
  const vera = await world.staff('Вера', ['leninsky'], 'intake', noRoom)
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => vera.text()).toContain(number)
  await expect.poll(() => anna.text()).toContain(number)
  await anna.play([['Взять', /Взято вами/]])
  const request = await world.database.prisma.request.findFirstOrThrow()
  void world.telegram.tap(vera.id, vera.card().message_id, `-.write.${request.id}`)
  await vera.settle()
  expect(vera.allText()).not.toMatch(/Что написать семье/)
})

test('long texts span pages, without gaps', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await submitAsParent(olga)
  for (const sign of ['а', '<', '😀']) {
    await olga.play([
      ['/status', 'status'],
      ['Дописать', 'note'],
      [{ words: sign.repeat(2000) }, /Дописано/],
    ])
    world.clock.forward(10_000)
  }
  await expect.poll(() => anna.allText().split('дописали').length - 1).toBe(3)
  await anna.say('/queue')
  await anna.play([
    [(chat) => chat.tap(chat.buttons(chat.card())[0]?.text ?? ''), 'case'],
    ['Ответы', 'case.details'],
    ['Своими словами', 'case.story'],
  ])
  let seen = anna.text()
  while (anna.buttons(anna.card()).some(({ text }) => text === '‹ Предыдущие')) {
    await anna.tap('‹ Предыдущие')
    seen += anna.text()
  }
  for (const sign of ['а', '<', '😀']) expect(seen.split(sign).length).toBeGreaterThanOrEqual(2001)
  expect(seen).toContain('Сын не выходит из комнаты.')
})
