import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { addEvent, eventsOf } from '#storage/requests/request-events.ts'
import * as steps from '#storage/requests/request-steps.ts'
import { insertRequest, type NewRequest, nextNumber } from '#storage/requests/insert-request.ts'
import * as requests from '#storage/requests/requests.ts'
import { joined, newPerson, newRequest, submitted } from '#test/storage/samples.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const now = new Date('2026-11-22T10:00:00Z')
const claim = (requestId: string, staffId: string) =>
  db().transaction((tx) => steps.claim(tx, requestId, staffId, now))

describe('numbers', () => {
  test('are consecutive within a year, even if taken concurrently, and a rollback leaves no gap', async () => {
    const take = () => db().transaction((tx) => nextNumber(tx, 2031))
    const taken = await Promise.all(Array.from({ length: 10 }, take))
    const lost = db().transaction(async (tx) => {
      await nextNumber(tx, 2031)
      throw new Error('lost')
    })
    await expect(lost).rejects.toThrow('lost')
    const expected = Array.from({ length: 11 }, (_, index) => `2031-${String(index + 1).padStart(6, '0')}`)
    expect([...taken, await take()].toSorted()).toEqual(expected)
    expect(await db().transaction((tx) => nextNumber(tx, 2032))).toBe('2032-000001')
  })
})

describe('a request', () => {
  test('is stored with all that is given', async () => {
    const { id: assignedToId } = await joined(db())
    const unusual: Required<
      Pick<NewRequest, 'ground' | 'source' | 'urgentReasons' | 'assignedToId' | 'assignedAt' | 'escalateAt'>
    > = {
      ground: '152-fz-6-1-6',
      source: 'phone',
      urgentReasons: 'v1.test.reasons',
      assignedToId,
      assignedAt: now,
      escalateAt: now,
    }
    const request = await submitted(db(), {
      ...unusual,
      urgent: true,
      applicant: 'minor',
      stage: 'assessment',
    })
    expect(await requests.findRequest(db(), request.id)).toMatchObject(request)
  })

  test('is found with its sealed columns, and listed without them', async () => {
    const request = await submitted(db())
    const whole = {
      ...request,
      status: 'submitted',
      urgentReasons: null,
      ground: 'consent',
      safetyCheck: null,
      claimedById: null,
      claimedAt: null,
      withdrawnAt: null,
      closedAt: null,
      stage: 'registered',
      assignedToId: null,
      assignedAt: null,
      escalations: 0,
      escalateAt: null,
      revision: 0,
      waitingSince: null,
      talkSeenAt: null,
      source: 'bot',
    }
    expect(await requests.findRequest(db(), request.id)).toEqual(whole)
    expect(await requests.findByNumber(db(), request.number)).toEqual(whole)
    expect(await db().transaction((tx) => requests.findRequest(tx, request.id))).toEqual(whole)
    const { answers, contact, draftId, ...summary } = whole
    expect([answers, contact, draftId]).not.toContain(undefined)
    expect(await requests.latestRequestOf(db(), request.personId)).toEqual(summary)
    expect(await requests.findRequest(db(), randomUUID())).toBeNull()
  })

  test('is the only open one of a person', async () => {
    const first = await submitted(db())
    const again = newRequest({ personId: first.personId })
    const insert = () => db().transaction((tx) => insertRequest(tx, again))
    // SQLSTATE, or where Prisma has the statement its own code.
    const cause = { code: expect.stringMatching(/^(23505|P2010)$/) }
    await expect(insert()).rejects.toMatchObject({ code: 'already-open', cause })
    await db().transaction((tx) => steps.withdraw(tx, first.id, now))
    await insert()
    expect(await requests.latestRequestOf(db(), first.personId)).toMatchObject({ id: expect.any(String) })
  })

  test('is the only one from its draft, even after a withdrawal', async () => {
    const first = await submitted(db())
    await db().transaction((tx) => steps.withdraw(tx, first.id, now))
    const again = newRequest({ personId: first.personId, draftId: first.draftId })
    const second = db().transaction((tx) => insertRequest(tx, again))
    await expect(second).rejects.toMatchObject({ code: 'already-open' })
  })

  test('submitted twenty times concurrently is created once', async () => {
    const { id: personId } = await newPerson(db())
    const submit = () => db().transaction((tx) => insertRequest(tx, newRequest({ personId })))
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, submit))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db().prisma.request.count({ where: { personId } })).toBe(1)
  })

  test.each([
    ['kind', { kind: 'poem' }],
    ['applicant', { applicant: 'cat' }],
    ['answers in clear', { answers: '{"words":"помогите"}' }],
    ['contact in clear', { contact: '{"phone":"+79001112233"}' }],
  ])('with an invalid %s is rejected', async (_what, wrong) => {
    const { id: personId } = await newPerson(db())
    const request = { ...newRequest({ personId }), ...wrong } as NewRequest
    await expect(db().transaction((tx) => insertRequest(tx, request))).rejects.toThrow()
  })
})

describe('claiming', () => {
  test('succeeds for one of ten concurrent calls', async () => {
    const { id } = await submitted(db())
    const staff = await Promise.all(Array.from({ length: 10 }, () => joined(db())))
    const won = await Promise.all(staff.map((member) => claim(id, member.id)))
    expect(won.filter(Boolean)).toHaveLength(1)
    const winner = staff[won.indexOf(true)]
    expect(await requests.findRequest(db(), id)).toMatchObject({
      status: 'claimed',
      claimedById: winner?.id,
      claimedAt: now,
    })
  })

  test('is undone by passing the request on, unless it has another assignee by then', async () => {
    const { id } = await submitted(db())
    const [anna, boris] = [await joined(db()), await joined(db())]
    const before = await requests.findRequest(db(), id)
    await claim(id, anna.id)
    const taken = await requests.findRequest(db(), id)
    if (!before || !taken) throw new Error('the request is gone')
    const give = (from: typeof taken, staffId: string | null, escalateAt?: Date) =>
      db().transaction((tx) =>
        steps.setAssignee(tx, from, { staffId, now, ...(escalateAt && { escalateAt }) }),
      )
    expect(await give(before, boris.id)).toBe(false)
    expect(await give(taken, boris.id, now)).toBe(true)
    expect(await requests.findRequest(db(), id)).toMatchObject({
      status: 'submitted',
      claimedById: null,
      claimedAt: null,
      assignedToId: boris.id,
      assignedAt: now,
      escalations: 0,
      escalateAt: now,
      revision: 2,
    })
    expect(await claim(id, boris.id)).toBe(true)
    expect(await requests.findRequest(db(), id)).toMatchObject({ escalateAt: null, revision: 3 })
  })

  test('fails on a withdrawn request; withdrawing a claimed one succeeds once', async () => {
    const { id } = await submitted(db())
    const anna = await joined(db())
    await claim(id, anna.id)
    const withdraw = () => db().transaction((tx) => steps.withdraw(tx, id, now))
    expect(await withdraw()).toBe(true)
    expect(await withdraw()).toBe(false)
    expect(await claim(id, anna.id)).toBe(false)
    expect(await requests.findRequest(db(), id)).toMatchObject({ status: 'withdrawn', withdrawnAt: now })
  })
})

test('the queue lists the unclaimed requests of the territories by page: urgent first, then the oldest', async () => {
  const [here, there] = [`t-${randomUUID()}`, `t-${randomUUID()}`]
  const at = (day: number) => new Date(Date.UTC(2026, 10, day))
  const anna = await joined(db())
  const mine = { assignedToId: anna.id, assignedAt: now }
  const second = await submitted(db(), { territory: here, submittedAt: at(2), ...mine })
  const first = await submitted(db(), { territory: there, submittedAt: at(1), ...mine })
  const urgent = await submitted(db(), { territory: here, submittedAt: at(3), urgent: true, ...mine })
  const taken = await submitted(db(), { territory: here, submittedAt: at(1) })
  await claim(taken.id, anna.id)
  const nobody = (await joined(db())).id
  const ids = async (limit: number, offset: number, of: Partial<requests.WaitingFilter> = {}) => {
    const all = { territories: [here, there], staffId: nobody, anybodys: false, escalatedFirst: false, ...of }
    const { items, total } = await requests.waitingRequests(db(), all, { limit, offset })
    return [total, ...items.map(({ id }) => id)]
  }
  expect(await ids(10, 0)).toEqual([3, urgent.id, first.id, second.id])
  expect(await ids(2, 0)).toEqual([3, urgent.id, first.id])
  expect(await ids(2, 2)).toEqual([3, second.id])
  expect(await ids(10, 0, { territories: [there] })).toEqual([1, first.id])
  expect(await ids(10, 0, { territories: [] })).toEqual([0])
  expect(await ids(10, 0, { territories: [], staffId: anna.id })).toEqual([3, urgent.id, first.id, second.id])
  const free = await submitted(db(), { territory: there, submittedAt: at(4) })
  const [, ...anybodys] = await ids(100, 0, { territories: [], anybodys: true })
  expect(anybodys).toContain(free.id)
  expect(anybodys).not.toContain(first.id)
})

test('an escalation step is taken once, when due, and escalated requests come first', async () => {
  const territory = `t-${randomUUID()}`
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
  const urgent = await submitted(db(), { territory, urgent: true, escalateAt: later(15) })
  const old = await submitted(db(), { territory, escalateAt: now })
  const { id: staffId } = await joined(db())
  const step = (id: string, given: number, at = now) =>
    db().transaction((tx) => steps.escalate(tx, { id, step: given, staffId, now: at, next: later(60) }))
  expect(await step(urgent.id, 1)).toBe(false)
  expect(await step(old.id, 2)).toBe(false)
  const taken = await Promise.all(Array.from({ length: 5 }, () => step(old.id, 1)))
  expect(taken.filter(Boolean)).toHaveLength(1)
  expect(await requests.findRequest(db(), old.id)).toMatchObject({
    escalations: 1,
    escalateAt: later(60),
    assignedToId: staffId,
    revision: 1,
  })
  const of = { territories: [territory], staffId: randomUUID(), anybodys: false, escalatedFirst: true }
  const { items } = await requests.waitingRequests(db(), of, { limit: 10, offset: 0 })
  expect(items.map(({ id }) => id)).toEqual([old.id, urgent.id])
  await claim(old.id, staffId)
  expect(await step(old.id, 2, later(60))).toBe(false)
})

test('events keep their order, and texts are sealed', async () => {
  const { id: requestId } = await submitted(db())
  const staff = await joined(db())
  await db().transaction(async (tx) => {
    await addEvent(tx, { requestId, at: now, kind: 'submitted' })
    await addEvent(tx, { requestId, at: now, kind: 'claimed', staffId: staff.id })
    await addEvent(tx, { requestId, at: now, kind: 'note', text: 'v1.test.note' })
  })
  expect(await eventsOf(db(), requestId)).toMatchObject([
    { kind: 'submitted', at: now, staffId: null, text: null },
    { kind: 'claimed', staffId: staff.id },
    { kind: 'note', text: 'v1.test.note' },
  ])
  const clear = db().transaction((tx) =>
    addEvent(tx, { requestId, at: now, kind: 'note', text: 'мама пьёт' }),
  )
  await expect(clear).rejects.toThrow()
})
