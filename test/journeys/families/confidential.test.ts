import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealer } from '#storage/seal.ts'
import type { Chat } from '#test/support/chat.ts'
import type { FamilyWorld } from '#test/support/family.ts'
import { aPlan, anActivity, publish, told } from '#test/support/plan.ts'
import { hidden, openUnsafeFamily, type UnsafeFamily } from '#test/support/unsafe-family.ts'
import { testKeys } from '#test/support/world.ts'
import { planVisit } from '#test/support/visits.ts'
import { storedAccount } from '#test/support/accounts.ts'

// A parent looks everywhere for what is confidential, and finds nothing: the doors are those of ADR 33.

const secret = /Школа № 7|Про дом|Кризисный психолог|9 декабря/

const ordinary = [anActivity('all'), anActivity('old', { when: { kind: 'once', on: '2026-11-26' } })]
const planSecret = (family: UnsafeFamily) =>
  planVisit(family, {
    startsAt: '2026-12-09T12:00:00Z',
    memberIds: [family.dasha.memberId],
    audience: undefined,
    place: 'Школа № 7',
    note: 'Про дом',
  })

/** Everything that a person sees behind every door of the bot, and the calendar feed. */
const everywhere = async (family: FamilyWorld, chat: Chat, ids: readonly string[]): Promise<string[]> => {
  const seen: string[] = []
  const look = async (door: string) => {
    await chat.byHand(`-.${door}`)
    const card = chat.card()
    // A picture of other content has another id.
    const picture = 'photo' in card ? JSON.stringify(card.photo) : ''
    const labels = chat.buttons(card).map(({ text }) => text)
    seen.push(`${door}: ${chat.text()} ${labels.join(' | ')} ${picture}`)
  }
  for (const door of [
    'home',
    'visits',
    'plan',
    'status',
    'messages',
    'settings',
    'calendar',
    'survey',
    'said-done',
  ])
    await look(
      door === 'home' || door === 'survey' || door === 'said-done'
        ? `${door}.`
        : `${door}.${family.familyId}`,
    )
  for (const id of ids)
    for (const door of ['visit', 'activity', 'visit-ics', 'activity-ics']) await look(`${door}.${id}`)
  await chat.byHand(`-.plan.${family.familyId}`)
  for (const list of ['На этой неделе', 'Дальше', 'Сделано', 'Прошло', 'По видам помощи']) {
    if (!chat.buttons(chat.card()).some(({ text }) => text === list)) continue
    await chat.tap(list)
    seen.push(`${list}: ${chat.text()}`)
    await chat.tap('‹ Назад')
  }
  return seen
}

const feedOf = async (chat: Chat) => {
  await chat.byHand('-.calendar.')
  await chat.tap('Получить ссылку')
  const link = /http\S+\.ics/.exec(chat.allText())?.[0] ?? ''
  return async () => (await fetch(link)).text()
}

/** The words of a feed without what changes by itself. */
const stable = (ics: string) => ics.replace(/^DTSTAMP.*$/gm, '')

test('a confidential visit and activity leave no trace for a parent; the minor has them', async () => {
  const family = await openUnsafeFamily()
  const { world, key, path, olga, dasha, misha } = family
  await publish(key, path, aPlan(ordinary))
  await planVisit(family, { startsAt: '2026-12-03T12:00:00Z' })
  await told(world)
  const feed = await feedOf(olga)
  const before = { pages: await everywhere(family, olga, []), feed: stable(await feed()) }
  const [pushes, misses] = [olga.messages().length, misha.messages().length]

  const visit = await planSecret(family)
  expect((visit as unknown as { audience: string }).audience).toBe('confidential')
  const ids = await publish(key, path, aPlan([...ordinary, hidden(dasha.memberId)]))
  await key.patch(visit.path, { place: 'Школа № 7, вход со двора' }, { 'if-match': '*' })
  await key.patch(visit.path, { startsAt: '2026-12-09T13:00:00Z' }, { 'if-match': '*' })
  await told(world)
  expect([olga.messages().length, misha.messages().length]).toEqual([pushes, misses])

  const secrets = [visit.id, ids.hidden ?? '']
  const after = await everywhere(family, olga, secrets)
  // The doors with the ids answer like those of nothing at all.
  const doors = after.filter((page) => secrets.some((id) => page.includes(id)))
  for (const page of doors) expect(page).not.toMatch(secret)
  const nothing = await everywhere(family, olga, [crypto.randomUUID(), crypto.randomUUID()])
  const blank = (pages: string[]) => pages.map((page) => page.replace(/[0-9a-f-]{36}/g, 'id'))
  expect(blank(after)).toEqual(blank(nothing))
  expect(after.filter((page) => !doors.includes(page))).toEqual(before.pages)
  expect(stable(await feed())).toBe(before.feed)
  expect(olga.allText()).not.toMatch(secret)
  expect(misha.allText()).not.toMatch(secret)

  await dasha.play([['/visits', /В среду, 9 декабря, в 16:00/]])
  await dasha.byHand(`-.visit.${visit.id}`)
  expect(dasha.text()).toMatch(/Школа № 7, вход со двора/)
  await dasha.byHand(`-.activity.${ids.hidden}`)
  expect(dasha.text()).toMatch(/Кризисный психолог/)
})

test('papers, reminders, answers, surveys and cancellation do not tell a parent either', async () => {
  const family = await openUnsafeFamily()
  const { world, key, path, olga, dasha, curator } = family
  await keepEvents(world)
  await publish(key, path, aPlan(ordinary))
  await told(world)
  const paper = async () => {
    await olga.byHand(`-.plan.${family.familyId}`)
    await olga.tap('Весь план в PDF')
    return olga
      .messages()
      .flatMap((message) => ('document' in message && message.document ? [message.document] : []))
  }
  const [first] = await paper()
  await publish(key, path, aPlan([...ordinary, hidden(dasha.memberId)]))
  const visit = await planSecret(family)
  await told(world)
  const [, second] = await paper()
  // The same bytes under the same name: also the version that the parent reads is the one they know.
  expect(second).toEqual(first)

  const pushes = olga.messages().length
  await dasha.byHand(`-.visit.${visit.id}`)
  await dasha.tap('Подтверждаю')
  await expect.poll(() => curator.allText()).toMatch(/о визите/)
  world.clock.set('2026-12-08T12:30:00Z')
  await world.database.prisma.visitReminder.updateMany({ data: { dueAt: world.clock.now() } })
  world.clock.set('2026-12-09T13:30:00Z')
  await key.post(`${visit.path}/outcome`, { status: 'done' })
  expect(
    (await world.database.prisma.surveyInvitation.findMany({ where: { visitId: visit.id } })).map(
      ({ memberId }) => memberId,
    ),
  ).toEqual([dasha.memberId])
  const other = await planVisit(family, {
    ...{ audience: 'confidential', memberIds: [dasha.memberId], startsAt: '2026-12-16T12:00:00Z' },
  })
  await key.post(`${other.path}/cancel`, { reason: 'Про дом' })
  await told(world)
  expect(olga.messages().length).toBe(pushes)
  expect(olga.allText()).not.toMatch(secret)
  expect(
    await world.database.prisma.push.count({
      where: { subjectId: { in: [visit.id, other.id] }, person: { account: storedAccount(olga) } },
    }),
  ).toBe(0)

  // Other systems are told to keep it from the family.
  const events = await world.database.prisma.webhookEvent.findMany({
    where: { type: { startsWith: 'visit.' } },
  })
  expect(events.map(({ data }) => (data as { confidential?: true }).confidential)).toEqual(
    events.map(() => true),
  )
  expect(events.length).toBeGreaterThan(3)
})

/** A paused endpoint keeps events and sends none. */
const keepEvents = async ({ database }: FamilyWorld['world']) => {
  const id = randomUUID()
  const secrets = createSealer(testKeys).sealJson(
    [{ secret: 'whsec_dGVzdA==' }],
    `webhook_endpoints.secrets.${id}`,
  )
  await database.prisma.webhookEndpoint.create({
    data: {
      id,
      url: 'https://127.0.0.1:9/',
      events: [],
      territories: [],
      status: 'paused',
      pausedFor: 'staff',
      secrets,
    },
  })
}

test('who asks for another time finds the hours of a confidential visit taken as by any other family', async () => {
  const family = await openUnsafeFamily()
  const { world, key, olga, another, dasha } = family
  const own = await planVisit(family, { startsAt: '2026-12-03T12:00:00Z' })
  const busy = { startsAt: '2026-11-27T07:00:00Z' }
  const slots = async () => {
    // A push that comes now would be the newest card.
    await told(world)
    await olga.byHand(`-.visit.${own.id}`)
    await olga.tap('Другое время')
    return olga.buttons(olga.card()).map(({ text }) => text)
  }
  const free = await slots()
  const foreign = await planVisit({ key, path: await another() }, busy)
  const taken = await slots()
  expect(taken).not.toEqual(free)
  await key.post(`${foreign.path}/cancel`, {})
  expect(await slots()).toEqual(free)
  await planVisit(family, { ...busy, audience: 'confidential', memberIds: [dasha.memberId] })
  expect(await slots()).toEqual(taken)
})

test('a plan of confidential activities only does not exist for adults', async () => {
  const family = await openUnsafeFamily()
  const { world, key, path, olga, dasha } = family
  const pushes = olga.messages().length
  await publish(key, path, aPlan([hidden(dasha.memberId)]))
  await told(world)
  expect(olga.messages().length).toBe(pushes)
  await olga.play([['/plan', /Плана пока нет/]])
  // Their first version is number 1, whatever was before.
  await publish(key, path, aPlan([...ordinary, hidden(dasha.memberId)]))
  await told(world)
  await olga.play([['/plan', /Сделано 0 из 2/]])
  await dasha.play([['/plan', /Сделано 0 из 3/]])
})
