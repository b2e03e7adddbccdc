import { afterAll, beforeAll, expect, test } from 'vitest'
import { DomainError } from '#core/errors.ts'
import { takeEscalationStep } from '#features/routing/escalation.ts'
import { markStaffUnreachable, syncAssignments } from '#features/routing/reassign.ts'
import { sweepForgottenRequests } from '#features/routing/routing-sweep.ts'
import { assignRequest, claimRequest, passOnRequest } from '#features/requests/request-transitions.ts'
import { addAbsence, changeStaff, endAbsence } from '#features/staff/absences.ts'
import { followUp } from '#features/worklist/follow-up.ts'
import { createJobs, type Jobs } from '#queue/boss.ts'
import { region } from '#regions/index.ts'
import { lockRequest } from '#storage/requests/requests.ts'
import { absencesOf } from '#storage/staff/absences.ts'
import { setStaffReachable } from '#storage/staff/staff-reach.ts'
import { findStaff, type StaffRole } from '#storage/staff/staff.ts'
import { joined, submitted } from '#test/storage/samples.ts'
import { testSealer } from '#test/support/accounts.ts'
import { countingLog, despiteLoad } from '#test/support/despite-load.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { createDice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'

// Every open request has an active person who is responsible, or an alarm: it is due to escalate, or supervisors are told.

const sequences = effort('RESPONSIBLE_SEQUENCES', { check: 50, full: 10_000 })
const seed = seedFrom('RESPONSIBLE_SEED')
const longest = 8

const db = useTestDatabase()
const { log, errors } = countingLog()
const hour = 60 * 60_000
let now = new Date('2026-11-24T09:00:00Z')
const clock = { now: () => now }

let jobs: Jobs
beforeAll(async () => {
  jobs = createJobs(db(), log)
  await jobs.start()
})
afterAll(() => jobs.stop())

const deps = () => ({ enqueue: jobs.enqueue, region: region('stavropol'), sealer: testSealer, log })

/** What the minute's sweeps do, whatever became of jobs; again, as the next minute does, for what a busy machine did not get done. */
const sweep = async (): Promise<void> => {
  for (let tries = 0; tries < 10; tries += 1) {
    const before = errors()
    await despiteLoad(() => sweepForgottenRequests(db(), deps(), now))
    await despiteLoad(() => followUp(db(), deps(), { clock }))
    if (errors() === before) return
  }
  throw new Error('the sweeps failed ten times')
}

/** What is over is no part of what comes next, and must not make it slower. */
const endAll = async (): Promise<void> => {
  await db().prisma.request.updateMany({
    where: { status: { in: open } },
    data: { status: 'closed', escalateAt: null },
  })
  await db().prisma.staffAbsence.deleteMany()
  await db().prisma.workAlarm.deleteMany()
  await db().prisma.$executeRaw`DELETE FROM pgboss.job`
}

const open = ['submitted', 'claimed']

const unanswered = async (ids: readonly string[]): Promise<string[]> => {
  const found = await db().prisma.request.findMany({
    where: { id: { in: [...ids] }, status: { in: open } },
    include: {
      assignedTo: { include: { absences: true } },
      alarms: { where: { endedAt: null, toldAt: { not: null } } },
    },
  })
  return found.flatMap(({ id, status, assignedTo, claimedAt, escalateAt, alarms }) => {
    const active =
      assignedTo?.active &&
      assignedTo.role !== 'curator' &&
      assignedTo.personId !== null &&
      assignedTo.unreachableSince === null
    const away = assignedTo?.absences.some(
      ({ from, until }) => from <= now && until > now && !(claimedAt && claimedAt >= from),
    )
    const responsible = active && !away && (status === 'claimed' || escalateAt !== null)
    const alarmed =
      (status === 'submitted' && escalateAt !== null) || alarms.some(({ level }) => level === 'supervisors')
    return responsible || alarmed ? [] : [`${id} ${status}`]
  })
}

test(`no open request is without somebody responsible or an alarm (${sequences} sequences, seed ${seed})`, async () => {
  const dice = createDice(seed)
  await joined(db(), { role: 'supervisor', territories: ['lenin'] })
  const team = [await joined(db()), await joined(db()), await joined(db())]
  const anyone = () => team[dice.below(team.length)]?.id ?? ''
  const tally = new Map<string, number>()

  const inTx = (
    requestId: string,
    work: (
      tx: Parameters<typeof lockRequest>[0],
      request: NonNullable<Awaited<ReturnType<typeof lockRequest>>>,
    ) => Promise<unknown>,
  ) =>
    db().transaction(async (tx) => {
      const request = await lockRequest(tx, requestId)
      if (request) await work(tx, request)
    })
  const setActive = async (staffId: string, active: boolean) => {
    const { revision = 0 } = (await findStaff(db(), staffId)) ?? {}
    await db().transaction((tx) => changeStaff(tx, deps(), { staffId, revision, changes: { active }, now }))
    return staffId
  }
  const become = async (staffId: string, role: StaffRole) => {
    const { revision = 0 } = (await findStaff(db(), staffId)) ?? {}
    await db().transaction((tx) => changeStaff(tx, deps(), { staffId, revision, changes: { role }, now }))
    return staffId
  }
  const steps: Record<string, (requestId: string) => Promise<unknown>> = {
    taken: (id) => {
      const staffId = anyone()
      return inTx(id, (tx, request) => claimRequest(tx, deps(), { request, staffId, by: { staffId }, now }))
    },
    given: (id) =>
      inTx(id, (tx, request) => assignRequest(tx, deps(), { request, staffId: anyone(), by: {}, now })),
    passedOn: (id) =>
      inTx(id, (tx, request) => {
        const staffId = request.assignedToId ?? anyone()
        return passOnRequest(tx, deps(), { request, reason: 'x', by: { staffId }, staffId, now })
      }),
    escalated: (requestId) =>
      inTx(requestId, (tx, { escalations }) =>
        takeEscalationStep(tx, deps(), { requestId, step: escalations + 1, now }),
      ),
    absent: () => {
      const until = new Date(now.getTime() + (1 + dice.below(72)) * hour)
      return db().transaction((tx) => addAbsence(tx, deps(), { staffId: anyone(), from: now, until, now }))
    },
    back: async () => {
      const staffId = anyone()
      for (const { id: absenceId } of await absencesOf(db(), staffId, now))
        await db().transaction((tx) => endAbsence(tx, deps(), { absenceId, staffId, now }))
      // The job may be lost.
      if (dice.below(2) === 0) await syncAssignments(db(), deps(), { staffId, now })
    },
    left: async () => {
      const staffId = await setActive(anyone(), false)
      if (dice.below(2) === 0) await syncAssignments(db(), deps(), { staffId, now })
    },
    restored: () => setActive(anyone(), true),
    promoted: async () => {
      const staffId = await become(anyone(), dice.chance(0.5) ? 'curator' : 'intake')
      if (dice.below(2) === 0) await syncAssignments(db(), deps(), { staffId, now })
    },
    blocked: (requestId) =>
      db().transaction((tx) => markStaffUnreachable(tx, deps(), { requestId, staffId: anyone(), now })),
    reached: () => db().transaction((tx) => setStaffReachable(tx, anyone())),
    hours: async () => {
      now = new Date(now.getTime() + (1 + dice.below(40)) * hour)
    },
  }
  const names = Object.keys(steps)
  for (let sequence = 0; sequence < sequences; sequence += 1) {
    const { id } = await submitted(db(), { submittedAt: now })
    const done: string[] = []
    for (let length = 1 + dice.below(longest); done.length < length; ) {
      const name = names[dice.below(names.length)] ?? ''
      done.push(name)
      try {
        await despiteLoad(async () => steps[name]?.(id))
        tally.set(name, (tally.get(name) ?? 0) + 1)
      } catch (error) {
        // Refused, as it should be.
        if (!(error instanceof DomainError)) throw error
      }
    }
    // Sweeps leave jobs two minutes.
    now = new Date(now.getTime() + 3 * 60_000)
    await sweep()
    expect(await unanswered([id]), `seed ${seed}, sequence ${sequence}: ${done.join(' ')}`).toEqual([])
    // The next one begins with whoever is there by now; some requests go on into it.
    if (dice.below(4) > 0)
      await db().prisma.request.update({ where: { id }, data: { status: 'closed', escalateAt: null } })
    if (sequence % 20 === 19) {
      const left = await db().prisma.request.findMany({
        where: { status: { in: open } },
        select: { id: true },
      })
      expect(await unanswered(left.map((one) => one.id)), `seed ${seed}, all after ${sequence}`).toEqual([])
      await endAll()
    }
  }
  for (const name of names) expect(tally.get(name) ?? 0, name).toBeGreaterThan(0)
}, 3_600_000)
