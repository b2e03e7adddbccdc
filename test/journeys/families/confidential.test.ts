import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealer } from '#storage/seal.ts'
import type { ApiClient } from '#test/support/api.ts'
import type { Chat } from '#test/support/chat.ts'
import { type FamilyWorld, openWithFamily } from '#test/support/family.ts'
import { type ActivityBody, aPlan, anActivity, publish, putPlan, told } from '#test/support/plan.ts'
import { problem } from '#test/support/submitted.ts'
import { testKeys } from '#test/support/world.ts'
import { planVisit } from '#test/support/visits.ts'

// A parent looks everywhere for what is confidential, and finds nothing: the doors are those of ADR 33.

const secret = /Школа № 7|Про дом|Кризисный психолог|9 декабря/

/** Olga, Dasha and Misha; Dasha has a safety note. Ordinary things exist for all of them. */
const openFamily = async () => {
  const family = await openWithFamily({ mode: 'webhook' })
  const { key, path, member } = family
  const olga = await member('parent', 'Ольга')
  const [dasha, misha] = [await member('minor', 'Даша'), await member('minor', 'Миша')]
  const note = await key.post(`${path}/members/${dasha.memberId}/safety`, { fact: 'parents-unsafe' })
  expect(note.status).toBe(201)
  return { ...family, olga, dasha, misha }
}

type World = Awaited<ReturnType<typeof openFamily>>

const ordinary = [anActivity('all'), anActivity('old', { when: { kind: 'once', on: '2026-11-26' } })]
const hidden = (memberId: string): ActivityBody =>
  anActivity('hidden', {
    plain: 'Кризисный психолог',
    audience: 'confidential',
    memberIds: [memberId],
    when: { kind: 'once', on: '2026-12-09', at: '16:00' },
  })

const planSecret = (family: World) =>
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
    seen.push(`${door}: ${chat.text()} ${JSON.stringify(chat.buttons(chat.card()).map(({ text }) => text))}`)
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
  for (const id of ids) for (const door of ['visit', 'activity']) await look(`${door}.${id}`)
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
  const family = await openFamily()
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
  const family = await openFamily()
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
      where: { subjectId: { in: [visit.id, other.id] }, person: { account: `telegram:${olga.id}` } },
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

test('a plan of confidential activities only does not exist for adults', async () => {
  const family = await openFamily()
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

test('the default follows the safety note, and another choice needs a reason', async () => {
  const family = await openFamily()
  const { world, key, path, dasha, misha } = family
  const visit = { startsAt: '2026-12-03T12:00:00Z', purpose: 'regular' }
  const post = (more: object) => key.post(`${path}/visits`, { ...visit, ...more })
  expect((await post({ memberIds: [dasha.memberId] })).body).toMatchObject({ audience: 'confidential' })
  expect((await post({ memberIds: [misha.memberId] })).body).toMatchObject({ audience: 'minors' })
  expect(await post({})).toMatchObject(problem('invalid-input', 422))
  for (const memberIds of [[], [dasha.memberId]])
    expect(await post({ audience: 'minors', memberIds })).toMatchObject(problem('safety-unacknowledged', 409))
  const acknowledgement = { reason: 'Даша хочет, чтобы мама знала' }
  const chosen = await post({ audience: 'minors', memberIds: [dasha.memberId], acknowledgement })
  expect(chosen).toMatchObject({ status: 201, body: { audience: 'minors' } })
  expect(await post({ audience: 'confidential' })).toMatchObject(problem('invalid-input', 422))
  expect(await post({ audience: 'family' })).toMatchObject({ status: 201 })

  const forMinors = aPlan([anActivity('talk', { audience: 'minors' })])
  expect(await putPlan(key, path, forMinors)).toMatchObject(problem('safety-unacknowledged', 409))
  expect(await putPlan(key, path, { ...forMinors, acknowledgement })).toMatchObject({ status: 200 })
  // What was decided once is not asked again.
  const more = aPlan([...forMinors.activities, anActivity('all')])
  expect(await putPlan(key, path, more, { 'if-match': '*' })).toMatchObject({ status: 200 })
  expect(await reasonsOf(key, path)).toEqual([acknowledgement.reason, acknowledgement.reason])
  expect(await world.database.prisma.auditEntry.count({ where: { action: 'family.safety-override' } })).toBe(
    2,
  )
})

const reasonsOf = async (key: ApiClient, path: string) => {
  const { overrides } = (await key.get(`${path}/safety`)).body as {
    overrides: { reason: string; kind: string }[]
  }
  return overrides.filter(({ kind }) => kind === 'audience').map(({ reason }) => reason)
}

test('a minor of an earlier consent is asked again, once; nobody else is', async () => {
  const { world, olga, dasha, misha } = await openFamily()
  const shows = async (chat: Chat) => {
    await chat.say('/menu')
    return chat.buttons(chat.card()).some(({ text }) => text === 'Новое согласие')
  }
  expect([await shows(olga), await shows(dasha), await shows(misha)]).toEqual([false, false, false])
  const person = { account: `telegram:${dasha.id}` }
  await world.database.prisma.consent.updateMany({
    where: { person },
    data: { version: '2026-11-26', textHash: 'a'.repeat(64) },
  })
  await dasha.play([
    ['/menu', 'home'],
    ['Новое согласие', /Что лично для тебя – не видят/],
    ['Потом', 'home'],
    ['Новое согласие', 'consent-again'],
    ['Да, разрешаю', 'home'],
  ])
  expect(await shows(dasha)).toBe(false)
  const given = await world.database.prisma.consent.findMany({
    where: { person },
    orderBy: { givenAt: 'asc' },
  })
  expect(given.map(({ version }) => version)).toEqual(['2026-11-26', '2026-11-28'])
})
