import { afterAll, beforeAll, expect, test } from 'vitest'
import { DomainError } from '#core/errors.ts'
import { cardReaders } from '#features/families/card-readers.ts'
import { createFamily } from '#features/families/family-transitions.ts'
import { handOver } from '#features/families/hand-over.ts'
import { orphanAlarms } from '#features/families/orphans.ts'
import { addAbsence, changeStaff, endAbsence } from '#features/staff/absences.ts'
import { nobodyReaches } from '#features/staff/reachability.ts'
import { leave, replaceAccount } from '#features/staff/leaving.ts'
import { createVisit } from '#features/visits/visit-transitions.ts'
import { followUp } from '#features/worklist/follow-up.ts'
import { createJobs, type Jobs } from '#queue/boss.ts'
import { region } from '#regions/index.ts'
import { lockFamily } from '#storage/families/families.ts'
import { absencesOf } from '#storage/staff/absences.ts'
import { setStaffReachable } from '#storage/staff/staff-reach.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { joined } from '#test/storage/samples.ts'
import { testSealer } from '#test/support/accounts.ts'
import { countingLog, despiteLoad } from '#test/support/despite-load.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { createDice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'

// Every family under support and every visit ahead has an active person responsible, or an alarm that reaches a supervisor
// who is here; whoever asked for somebody else than the curator has a reader.

const sequences = effort('RESPONSIBLE_SEQUENCES', { check: 30, full: 10_000 })
const seed = seedFrom('RESPONSIBLE_SEED')
const longest = 8

const db = useTestDatabase()
const { log, errors } = countingLog()
const hour = 60 * 60_000
const stavropol = region('stavropol')
let now = new Date('2026-11-24T09:00:00Z')
const clock = { now: () => now }

let jobs: Jobs
beforeAll(async () => {
  jobs = createJobs(db(), log)
  await jobs.start()
})
afterAll(() => jobs.stop())

const deps = () => ({ enqueue: jobs.enqueue, region: stavropol, sealer: testSealer, log })

/** What the minute's sweep does; again, as the next minute does, for what a busy machine did not get done. */
const look = async (): Promise<void> => {
  for (let tries = 0; tries < 10; tries += 1) {
    const before = errors()
    await despiteLoad(() => followUp(db(), deps(), { clock }))
    if (errors() === before) return
  }
  throw new Error('the sweep failed ten times')
}

/** What is over is no part of what comes next, and must not make it slower. */
const endAll = async (): Promise<void> => {
  const { prisma } = db()
  await prisma.family.updateMany({ where: { status: 'active' }, data: { status: 'closed', closedAt: now } })
  await prisma.visit.updateMany({ where: { status: 'planned' }, data: { status: 'cancelled' } })
  await prisma.staffAbsence.deleteMany()
  await prisma.workAlarm.deleteMany()
  await prisma.$executeRaw`DELETE FROM pgboss.job`
}

type Alone = { territory: string; family: string; visit: string | null }

/** What nobody is responsible for, as the schema says and no rule of the product. */
const alone = () =>
  db().prisma.$queryRaw<Alone[]>`
    SELECT f.territory, f.id::text AS family, NULL AS visit FROM families f LEFT JOIN staff_members s ON s.id = f.curator_id
    WHERE f.status = 'active' AND (s.id IS NULL OR NOT s.active OR s.role = 'intake' OR s.person_id IS NULL
      OR s.unreachable_since IS NOT NULL)
    UNION ALL
    SELECT f.territory, f.id::text, v.id::text FROM visits v JOIN families f ON f.id = v.family_id
      JOIN staff_members s ON s.id = v.staff_id
    WHERE v.status = 'planned' AND v.ends_at > ${now} AND (NOT s.active OR s.person_id IS NULL
      OR s.unreachable_since IS NOT NULL OR EXISTS (
      SELECT 1 FROM staff_absences a WHERE a.staff_id = s.id AND a."from" <= v.starts_at AND a.until > v.starts_at))`

const unalarmed = async (): Promise<string[]> => {
  const reached = new Map<string, { families: number; visits: number }>()
  for (const { supervisor, orphans } of await orphanAlarms(db(), now)) {
    expect(supervisor.active).toBe(true)
    for (const { territory, families, visits } of orphans) reached.set(territory, { families, visits })
  }
  const alarms = await db().prisma.workAlarm.findMany({
    where: { cause: 'nobody', level: 'supervisors', endedAt: null, toldAt: { not: null } },
  })
  const told = new Set(alarms.map(({ familyId }) => familyId))
  const all = await alone()
  const visits = Map.groupBy(
    all.filter(({ visit }) => visit !== null),
    ({ territory }) => territory,
  )
  return [
    ...all.filter(({ visit, family }) => visit === null && !told.has(family)).map(({ family }) => family),
    ...[...visits]
      .filter(([territory, found]) => reached.get(territory)?.visits !== found.length)
      .map(([territory]) => `visits in ${territory}`),
  ]
}

test(`no family and no visit ahead is without somebody responsible or an alarm (${sequences} sequences, seed ${seed})`, async () => {
  const dice = createDice(seed)
  const places = ['leninsky', 'oktyabrsky']
  await joined(db(), { role: 'supervisor', territories: places })
  const team = await Promise.all(
    places.flatMap((place) => [1, 2].map(() => joined(db(), { role: 'curator', territories: [place] }))),
  )
  const anyone = () => team[dice.below(team.length)]?.id ?? ''
  const tally = new Map<string, number>()
  const current = async (staffId: string) => (await findStaff(db(), staffId))?.revision ?? 0
  const setActive = async (staffId: string, active: boolean) => {
    const changes = { staffId, revision: await current(staffId), changes: { active }, now }
    await db().transaction((tx) => changeStaff(tx, deps(), changes))
  }
  const steps: Record<string, () => Promise<unknown>> = {
    accepted: () =>
      db().transaction((tx) =>
        createFamily(tx, deps(), {
          ...{
            territory: dice.pick(places) ?? '',
            level: 'crisis',
            stage: 'activities',
            appliedAt: now,
            by: {},
            now,
          },
          curatorId: dice.chance(0.2) ? null : anyone(),
        }),
      ),
    planned: async () => {
      const families = await db().prisma.family.findMany({
        where: { status: 'active' },
        select: { id: true },
      })
      const { id } = dice.pick(families) ?? {}
      const startsAt = new Date(now.getTime() + (1 + dice.below(100)) * hour)
      if (id !== undefined)
        await db().transaction(async (tx) => {
          const family = await lockFamily(tx, id)
          const when = { startsAt, minutes: 60, staffId: family?.curatorId ?? anyone() }
          const content = { place: null, note: null }
          const visit = {
            ...when,
            purpose: 'regular' as const,
            content,
            audience: 'family' as const,
            memberIds: [],
          }
          if (family) await createVisit(tx, deps(), { family, visit, by: {}, now })
        })
    },
    left: async () => {
      const [staffId, to] = [anyone(), dice.chance(0.5) ? anyone() : null]
      await db().transaction((tx) => leave(tx, deps(), { staffId, to, by: {}, now }))
      // The job may be killed in between, and comes again.
      if (dice.chance(0.7)) await handOver(db(), deps(), { staffId, to, by: {}, now: clock.now })
    },
    deactivated: () => setActive(anyone(), false),
    restored: () => setActive(anyone(), true),
    becomes: async () => {
      const staffId = anyone()
      const changes = { role: dice.chance(0.5) ? ('intake' as const) : ('curator' as const) }
      const change = { staffId, revision: await current(staffId), changes, now }
      await db().transaction((tx) => changeStaff(tx, deps(), change))
    },
    phoneLost: async () => {
      const staffId = anyone()
      const { personId } = (await findStaff(db(), staffId)) ?? {}
      await db().transaction((tx) => replaceAccount(tx, { ...deps(), botUsername: 'bot', now }, staffId))
      // Most open their new link soon.
      if (personId && dice.chance(0.7))
        await db().prisma.staffMember.update({ where: { id: staffId }, data: { personId } })
    },
    absent: () => {
      const from = new Date(now.getTime() + dice.below(48) * hour)
      const until = new Date(from.getTime() + (1 + dice.below(72)) * hour)
      return db().transaction((tx) => addAbsence(tx, deps(), { staffId: anyone(), from, until, now }))
    },
    back: async () => {
      const staffId = anyone()
      for (const { id: absenceId } of await absencesOf(db(), staffId, now))
        await db().transaction((tx) => endAbsence(tx, deps(), { absenceId, staffId, now }))
    },
    blocked: () => db().transaction((tx) => nobodyReaches(tx, deps(), { staffId: anyone(), now })),
    reached: () => db().transaction((tx) => setStaffReachable(tx, anyone())),
    hours: async () => {
      now = new Date(now.getTime() + (1 + dice.below(30)) * hour)
    },
  }
  const names = Object.keys(steps)
  for (let sequence = 0; sequence < sequences; sequence += 1) {
    const done: string[] = []
    for (let length = 1 + dice.below(longest); done.length < length; ) {
      const name = dice.pick(names) ?? ''
      done.push(name)
      try {
        await despiteLoad(async () => steps[name]?.())
        tally.set(name, (tally.get(name) ?? 0) + 1)
      } catch (error) {
        // Refused, as it should be.
        if (!(error instanceof DomainError)) throw error
      }
    }
    // A family is looked at once each working day, and at once when its curator goes.
    now = new Date(now.getTime() + 72 * hour)
    await look()
    expect(await unalarmed(), `seed ${seed}, sequence ${sequence}: ${done.join(' ')}`).toEqual([])
    const family = await db().prisma.family.findFirst({ where: { status: 'active' } })
    const about = family && { family, kind: 'survey-low-score' as const, now }
    if (about) expect(await cardReaders(db(), stavropol, about), `seed ${seed}, ${sequence}`).not.toEqual([])
    if (sequence % 5 === 4) {
      await endAll()
    }
  }
  for (const name of names) expect(tally.get(name) ?? 0, name).toBeGreaterThan(0)
}, 3_600_000)
