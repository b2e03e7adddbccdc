import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { markStaffUnreachable } from '#features/routing/reassign.ts'
import { createJobs, type Jobs } from '#queue/boss.ts'
import { region } from '#regions/index.ts'
import { absentAt, endOrDeleteAbsence, insertAbsence } from '#storage/staff/absences.ts'
import { claim, close, withdraw } from '#storage/requests/request-steps.ts'
import {
  decisionsOf,
  insertDecision,
  latestDecisions,
  readSpecialists,
} from '#storage/routing/routing-decisions.ts'
import { findStaff, updateStaff } from '#storage/staff/staff.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { waitingForLocks } from '#test/support/locks.ts'
import { joined, submitted } from '#test/storage/samples.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000)
const specialist = async (id: string, given = {}) =>
  (await readSpecialists(db(), { now, ...given })).find((one) => one.id === id)

let jobs: Jobs
beforeAll(async () => {
  jobs = createJobs(db(), createLog('warn'))
  await jobs.start()
})
afterAll(() => jobs.stop())

describe("specialists' workload", () => {
  test('counts open requests, assigned or claimed; one request can be excluded', async () => {
    const { id: staffId } = await joined(db(), { territories: [`t-${randomUUID()}`] })
    const routed = { assignedToId: staffId, assignedAt: now }
    const urgent = await submitted(db(), { ...routed, urgent: true })
    const [claimed, closed, withdrawn] = [
      await submitted(db()),
      await submitted(db()),
      await submitted(db(), routed),
    ]
    await db().transaction(async (tx) => {
      await claim(tx, claimed.id, staffId, now)
      await claim(tx, closed.id, staffId, now)
      await close(tx, closed.id, now)
      await withdraw(tx, withdrawn.id, now)
    })
    expect(await specialist(staffId)).toMatchObject({ open: 2, openUrgent: 1, absentUntil: null })
    expect(await specialist(staffId, { except: urgent.id })).toMatchObject({ open: 1, openUrgent: 0 })
  })

  test('covers active specialists who have joined', async () => {
    const { id, revision } = await joined(db())
    expect(await specialist(id)).toBeDefined()
    await db().transaction((tx) => updateStaff(tx, id, revision, { active: false }))
    expect(await specialist(id)).toBeUndefined()
    const supervisor = await joined(db(), { role: 'supervisor' })
    expect(await specialist(supervisor.id)).toBeUndefined()
  })
})

test('an absence counts from its start to its end, and can be ended early or deleted', async () => {
  const { id: staffId } = await joined(db())
  const add = (from: number, until: number) =>
    db().transaction((tx) => insertAbsence(tx, { staffId, from: hours(from), until: hours(until) }))
  const begun = await add(-1, 2)
  const ahead = await add(1, 5)
  await add(-3, 0)
  expect(await specialist(staffId)).toMatchObject({ absentUntil: hours(2) })
  expect((await absentAt(db(), now)).has(staffId)).toBe(true)
  const cut = (id: string) => db().transaction((tx) => endOrDeleteAbsence(tx, { id, staffId, now }))
  expect(await cut(begun.id)).toMatchObject({ until: now })
  expect(await cut(begun.id)).toBeNull()
  expect(await cut(ahead.id)).toMatchObject({ from: hours(1) })
  expect(await cut(ahead.id)).toBeNull()
  expect(await specialist(staffId)).toMatchObject({ absentUntil: null })
  await expect(add(2, 1)).rejects.toThrow()
})

test.runIf(inject('database') === 'postgres')('an absence to come is taken back by one of two', async () => {
  const { id: staffId } = await joined(db())
  const { id } = await db().transaction((tx) =>
    insertAbsence(tx, { staffId, from: hours(1), until: hours(2) }),
  )
  const deleted = Promise.withResolvers<void>()
  const cut = (then = async () => {}) =>
    db().transaction(async (tx) => {
      const absence = await endOrDeleteAbsence(tx, { id, staffId, now })
      deleted.resolve()
      await then()
      return absence
    })
  const goOn = Promise.withResolvers<void>()
  const first = cut(() => goOn.promise)
  await deleted.promise
  const second = cut()
  await expect.poll(() => waitingForLocks(db())).toBe(1)
  goOn.resolve()
  expect(await second).toBeNull()
  expect(await first).toMatchObject({ id })
})

test('a decision updates the time of the last assignment, and is immutable', async () => {
  const { id: requestId } = await submitted(db())
  const { id: staffId } = await joined(db())
  const reason = { by: 'only', others: [] }
  const keep = (given: { staffId: string | null; assigned: boolean }) =>
    db().transaction((tx) =>
      insertDecision(tx, { requestId, at: now, trigger: 'submitted', reason, ...given }),
    )
  await keep({ staffId: null, assigned: false })
  await keep({ staffId, assigned: true })
  expect(await decisionsOf(db(), requestId)).toMatchObject([{ staffId: null }, { staffId, reason }])
  expect((await latestDecisions(db(), [requestId])).get(requestId)).toMatchObject({ staffId })
  expect(await findStaff(db(), staffId)).toMatchObject({ lastAssignedAt: now, revision: 0 })
  const { prisma } = db()
  expect(await prisma.requestEvent.findMany({ where: { requestId } })).toMatchObject([
    { kind: 'assigned', staffId },
  ])
  for (const change of [
    () => prisma.routingDecision.updateMany({ data: { staffId: null } }),
    () => prisma.routingDecision.deleteMany({ where: { requestId } }),
  ])
    await expect(change()).rejects.toThrow('append-only')
})

test('concurrent assignments respect capacities', async () => {
  const territory = 'shpakovsky'
  const anna = await joined(db(), { territories: [territory] })
  const others = [
    await joined(db(), { territories: [territory] }),
    await joined(db(), { territories: [territory] }),
  ]
  for (const { id, revision } of others)
    await db().transaction((tx) => updateStaff(tx, id, revision, { capacity: 3 }))
  const routed = { territory, assignedToId: anna.id, assignedAt: now, escalateAt: hours(1) }
  const requests = await Promise.all(Array.from({ length: 8 }, () => submitted(db(), routed)))
  for (const { id: requestId } of requests) {
    const decision = { requestId, at: now, trigger: 'submitted' as const, staffId: anna.id, reason: {} }
    await db().transaction((tx) => insertDecision(tx, { ...decision, assigned: true }))
  }
  const deps = { enqueue: jobs.enqueue, region: region('stavropol') }
  await Promise.all(
    requests.map(({ id: requestId }) =>
      db().transaction((tx) => markStaffUnreachable(tx, deps, { requestId, staffId: anna.id, now })),
    ),
  )
  const shares = await db().prisma.request.groupBy({
    by: ['assignedToId'],
    where: { territory },
    _count: true,
  })
  const of = (id: string | null) => shares.find(({ assignedToId }) => assignedToId === id)?._count
  expect([of(null), ...others.map(({ id }) => of(id)), of(anna.id)]).toEqual([2, 3, 3, undefined])
})
