import { expect, test } from 'vitest'
import { erase } from '#features/erasure/erase.ts'
import { createEndpoint } from '#features/webhooks/endpoints.ts'
import { checkAddress } from '#features/webhooks/ssrf-guard.ts'
import type { Chat } from '#test/support/chat.ts'
import { testSealer } from '#test/support/accounts.ts'
import { type FamilyWorld, openWithFamily } from '#test/support/family.ts'
import { openOffice } from '#test/support/office.ts'
import { openReceiver, type Receiver } from '#test/support/receiver.ts'
import { makeDue } from '#test/support/rows.ts'

const words = { parent: 'трямпарабам', teen: 'шуршунчик' }

type Listed = { items: { id: string; status: string; type: string }[] }

/** A parent and a teenager, and a system of the centre that hears of everything; it repeats in its answers what it was told. */
const openHeard = async () => {
  const family = await openWithFamily({ mode: 'webhook', allowLoopback: true })
  const { world, key } = family
  const receiver = await openReceiver()
  const url = await checkAddress(receiver.url, { allowLoopback: true })
  const caller = { keyId: key.keyId, territories: 'all' as const }
  const given = { caller, url, events: [], territories: [], now: world.clock.now() }
  const { endpoint } = await world.database.transaction((tx) =>
    createEndpoint(tx, { sealer: testSealer }, given),
  )
  const [parent, teen] = [await family.member('parent', 'Ольга'), await family.member('minor', 'Даша')]
  return { ...family, receiver, parent, teen, hook: `/webhooks/${endpoint.id}` }
}

const answering = (receiver: Receiver, status: number) => {
  receiver.answer = (response, { body }) => response.writeHead(status).end(body)
}

const say = (chat: Chat, word: string) =>
  chat.play([
    ['/messages', 'messages'],
    [{ words: `Тут ${word}` }, /Отправлено|Сообщение отправлено/],
  ])

const bodiesAbout = ({ received }: Receiver, memberId: string, from = 0) =>
  received.slice(from).filter(({ body }) => body.includes(memberId))

const statesOf = async ({ world }: Pick<FamilyWorld, 'world'>) =>
  (
    await world.database.prisma.webhookDelivery.findMany({
      include: { event: true },
      orderBy: { createdAt: 'asc' },
    })
  ).map(({ id, status, event }) => ({ id, status, memberId: (event.data as { memberId?: string }).memberId }))

/** What was to be tried again is tried now. */
const tryAgain = async ({ world }: Pick<FamilyWorld, 'world'>) => {
  world.clock.forward(26 * 60 * 60_000)
  await makeDue(world.database, 'webhook-delivery')
}

test('nothing of who was erased is delivered, tried again or replayed; of the others everything is', async () => {
  const heard = await openHeard()
  const { world, key, receiver, parent, teen, hook } = heard
  answering(receiver, 204)
  await say(parent, words.parent)
  await expect
    .poll(() => bodiesAbout(receiver, parent.memberId).length, { timeout: 30_000 })
    .toBeGreaterThan(0)
  answering(receiver, 500)
  for (const [chat, word] of [
    [parent, words.parent],
    [teen, words.teen],
  ] as const)
    await say(chat, word)
  const waitsFor = async (memberId: string) =>
    (await statesOf(heard)).filter((one) => one.status === 'pending' && one.memberId === memberId).length
  for (const { memberId } of [parent, teen])
    await expect.poll(() => waitsFor(memberId), { timeout: 30_000 }).toBeGreaterThan(0)
  await expect
    .poll(() => world.database.prisma.webhookAttempt.count({ where: { status: 500 } }), { timeout: 30_000 })
    .toBeGreaterThan(1)
  // One of each was given up, and can be replayed.
  const given = { parent: '', teen: '' }
  for (const who of ['parent', 'teen'] as const) {
    const { memberId } = heard[who]
    given[who] =
      (await statesOf(heard)).find((one) => one.status === 'pending' && one.memberId === memberId)?.id ?? ''
    await world.database.prisma.webhookDelivery.update({
      where: { id: given[who] },
      data: { status: 'failed', endedAt: world.clock.now(), nextAt: null },
    })
  }

  const { personId } = await world.database.prisma.familyMember.findUniqueOrThrow({
    where: { id: parent.memberId },
  })
  const office = await openOffice(world)
  const erasing = {
    of: { person: personId ?? '' },
    ground: 'request',
    by: {},
    now: world.clock.now(),
  } as const
  await office.does((tx, deps) => erase(tx, deps, erasing))
  const from = receiver.received.length
  answering(receiver, 204)
  await tryAgain(heard)
  expect(await key.post(`${hook}/deliveries/${given.parent}/replay`)).toMatchObject({ status: 404 })
  expect((await key.post(`${hook}/deliveries/${given.teen}/replay`)).status).toBeLessThan(300)
  const all = { since: '2026-11-25T00:00:00Z' }
  expect(await key.post(`${hook}/replay-failed`, all)).toMatchObject({ status: 202, body: { count: 0 } })
  await expect
    .poll(async () => (await statesOf(heard)).every(({ status }) => status === 'delivered'), {
      timeout: 30_000,
    })
    .toBe(true)
  expect(bodiesAbout(receiver, teen.memberId, from).length).toBeGreaterThan(0)
  expect(bodiesAbout(receiver, parent.memberId, from)).toEqual([])

  // Nor do the lists and the feed name them, or what the receiver has answered.
  const lists = [`${hook}/deliveries?limit=100`, '/events?limit=100']
  for (const list of lists) expect(JSON.stringify((await key.get(list)).body)).not.toContain(parent.memberId)
  const left = ((await key.get(lists[0] ?? '')).body as Listed).items
  expect(left.length).toBeGreaterThan(0)
  for (const { id } of left) {
    const shown = JSON.stringify((await key.get(`${hook}/deliveries/${id}`)).body)
    expect(shown.includes(parent.memberId) || shown.includes(words.parent)).toBe(false)
  }
  for (const word of Object.values(words))
    expect(receiver.received.filter(({ body }) => body.includes(word))).toEqual([])
})

test('while data are blocked a receiver is told that something is there, by ids, and never what', async () => {
  const heard = await openHeard()
  const { key, receiver, parent } = heard
  const letter = {
    kind: 'correction',
    source: 'letter',
    receivedOn: '2026-11-25',
    asker: 'self',
    memberId: parent.memberId,
  }
  const { id } = (await key.post('/data-requests', letter)).body as { id: string }
  expect(await key.call('PUT', `/data-requests/${id}/restriction`)).toMatchObject({ status: 200 })
  const from = receiver.received.length
  await say(parent, words.parent)
  await say(parent, `Он опять меня бьёт, мне страшно, ${words.parent}`)
  const messages = () =>
    receiver
      .events()
      .slice(from)
      .filter(({ type, data }) => type === 'message.received' || data.messageId !== undefined)
  await expect.poll(() => messages().length, { timeout: 30_000 }).toBeGreaterThan(1)
  expect(messages().some(({ data }) => data.alarming === true)).toBe(true)
  expect(
    receiver.received.filter(({ body }) => body.includes(words.parent) || body.includes('бьёт')),
  ).toEqual([])
  // Whoever follows the ids is refused the words, but for the call for help.
  const { items } = (await key.get(`${heard.path}/messages`)).body as { items: { text: string }[] }
  expect(items.map(({ text }) => text)).toContain('[blocked]')
})
