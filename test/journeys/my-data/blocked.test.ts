import { expect, test } from 'vitest'
import type { ApiClient } from '#test/support/api.ts'
import { atDesk, stoodOn } from '#test/support/console.ts'
import { openWithRequest, problem, staffIdOf } from '#test/support/submitted.ts'
import { openUnsafeFamily } from '#test/support/unsafe-family.ts'

const story = 'Сын не выходит из комнаты'

/** A letter about somebody, for which their data are blocked. Returns its path. */
const block = async (key: ApiClient, about: object): Promise<string> => {
  const letter = { kind: 'correction', source: 'letter', receivedOn: '2026-11-24', asker: 'self', ...about }
  const made = await key.post('/data-requests', letter)
  const at = `/data-requests/${(made.body as { id: string }).id}`
  expect(await key.call('PUT', `${at}/restriction`)).toMatchObject({ status: 200 })
  return at
}

test('while data are blocked staff see that, by whom and until when; who must answer opens them with a reason', async () => {
  const { world, key, anna, path } = await openWithRequest({ inside: true })
  const requestId = path.replace('/requests/', '')
  await world.staff('Елена', ['leninsky'], 'supervisor')
  const desk = await atDesk(world, await staffIdOf(world, 'Елена'))
  const intake = await atDesk(world, await staffIdOf(world, 'Анна'))
  await anna.byHand(`-.card.${requestId}`)
  expect(anna.text()).not.toContain('заблокированы')
  const at = await block(key, { requestId })

  await anna.byHand(`-.card.${requestId}`)
  expect(anna.text()).toMatch(/Данные заблокированы[\s\S]*до вторника, 8 декабря[\s\S]*программа центра/)
  const labels = anna.buttons(anna.card()).map(({ text }) => text)
  expect(labels).not.toContain('Ответы')
  for (const door of ['details', 'story', 'contact']) {
    await anna.byHand(`-.${door}.${requestId}`)
    expect(anna.allText()).not.toMatch(/Сын не выходит|Кто обращается/)
  }
  for (const page of ['', '/words', '/contact'])
    expect((await intake.get(`/console/requests/${requestId}${page}`)).text).not.toMatch(
      /Сын не выходит|\+7\d{10}/,
    )
  expect(await key.get(`${path}/details`)).toMatchObject(problem('data-blocked', 409))

  // Whoever answers for it says why, which is kept; nobody else opens them by that.
  expect((await intake.send(`/console${at}/look`, { reason: 'Хочу' })).status).toBe(404)
  const page = await desk.get(`/console/requests/${requestId}?show=words`)
  expect(page.text).toContain('Данные заблокированы')
  expect(page.text).not.toContain(story)
  const stood = stoodOn((await desk.get(`/console${at}`)).text)
  const why = { reason: 'Проверить телефон по письму', ...stood }
  expect((await desk.send(`/console${at}/look`, why)).status).toBe(303)
  expect((await desk.get(`/console/requests/${requestId}?show=words`)).text).toContain(story)
  expect((await intake.get(`/console/requests/${requestId}`)).text).not.toContain(story)
  expect((await desk.get(`/console${at}`)).text).toContain('Проверить телефон по письму')
  const { prisma } = world.database
  expect(await prisma.auditEntry.count({ where: { action: 'data-requests.looked' } })).toBe(1)
  expect(await key.post(`${at}/look`, { reason: 'Сверка' })).toMatchObject({ status: 200 })
  expect(await key.get(`${path}/details`)).toMatchObject({ status: 200 })
  // The reason holds for half a day.
  world.clock.forward(13 * 60 * 60_000)
  expect(await key.get(`${path}/details`)).toMatchObject(problem('data-blocked', 409))

  // Somebody may be in danger: then it is read.
  await prisma.request.update({ where: { id: requestId }, data: { urgent: true } })
  expect(await key.get(`${path}/details`)).toMatchObject({ status: 200 })
  await anna.byHand(`-.story.${requestId}`)
  expect(anna.allText()).toContain(story)

  await prisma.request.update({ where: { id: requestId }, data: { urgent: false } })
  await key.post(`${at}/answer`, { outcome: 'done', answer: 'Исправлено' })
  expect(await key.get(`${path}/details`)).toMatchObject({ status: 200 })
})

test('a blocked member’s words and name are closed, a call for help is not, and the others stay open', async () => {
  const family = await openUnsafeFamily()
  const { world, key, path, olga, misha, curator } = family
  const say = (chat: typeof olga, words: string) =>
    chat.play([
      ['/messages', 'messages'],
      [{ words }, /./],
    ])
  await say(olga, 'Метка: обычные слова')
  await say(misha, 'Метка: слова Миши')
  await block(key, { memberId: olga.memberId })

  const thread = async (memberId: string) => {
    await curator.byHand(`-.thread.${memberId}`)
    return curator.text()
  }
  expect(await thread(olga.memberId)).toContain('данные заблокированы')
  expect(curator.allText()).not.toContain('Метка: обычные слова')
  expect(await thread(misha.memberId)).toContain('Метка: слова Миши')
  await curator.byHand(`-.f-card.${family.familyId}`)
  expect(curator.text()).toContain('Данные заблокированы')
  await curator.byHand(`-.f-names.${family.familyId}`)
  expect(curator.text()).toMatch(/данные заблокированы/)
  expect(curator.text()).not.toContain('Ольга')
  const texts = async () => {
    const { items } = (await key.get(`${path}/messages`)).body as { items: { text: string }[] }
    return items.map(({ text }) => text)
  }
  expect(await texts()).toEqual(expect.arrayContaining(['[blocked]', 'Метка: слова Миши']))
  expect(await texts()).not.toContain('Метка: обычные слова')
  const { members } = (await key.get(`${path}/details`)).body as { members: { name: string }[] }
  expect(members.map(({ name }) => name).sort()).toEqual(['[blocked]', 'Даша', 'Миша'])

  await say(olga, 'Он опять меня бьёт, мне страшно')
  await say(olga, 'Я у соседки')
  const seen = await thread(olga.memberId)
  expect(seen).toContain('Он опять меня бьёт')
  expect(seen).toContain('Я у соседки')
  expect(seen).not.toContain('Метка: обычные слова')
  expect(world.telegram.refused).toEqual([])
})

test('a chat that is hidden stands on the cards of staff: what the silence means, and what not to do', async () => {
  const { world, anna, olga, path } = await openWithRequest({ inside: true })
  const requestId = path.replace('/requests/', '')
  const intake = await atDesk(world, await staffIdOf(world, 'Анна'))
  const seen = async () => {
    await anna.byHand(`-.card.${requestId}`)
    return [anna.text(), (await intake.get(`/console/requests/${requestId}`)).text]
  }
  for (const text of await seen()) expect(text).not.toContain('Чат спрятан')
  await olga.say('/hide')
  await olga.tap('Спрятать сейчас')
  for (const text of await seen())
    expect(text).toMatch(/Чат спрятан[\s\S]*не пишите в другие чаты[\s\S]*на ближайшем визите/)
})
