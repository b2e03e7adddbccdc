import { expect, onTestFinished } from 'vitest'
import { createLog } from '#core/log.ts'
import type { FamilyDeps } from '#features/families/active.ts'
import { cancelVisit, createVisit, moveVisit, type PlannedVisit } from '#features/visits/visit-transitions.ts'
import { createJobs } from '#queue/boss.ts'
import { region } from '#regions/index.ts'
import type { Database, Tx } from '#storage/database.ts'
import { lockFamily } from '#storage/families/families.ts'
import type { PushKind } from '#storage/pushes/pushes.ts'
import { createSealer } from '#storage/seal.ts'
import { lockVisit, type Visit } from '#storage/visits/visits.ts'
import type { FamilyWorld } from './family.ts'
import { makeDue } from './rows.ts'
import { testKeys } from './world.ts'

/** Words that no push may contain: the place and the note of every visit here. */
export const secret = { place: 'Тайная улица, 7', note: 'Приготовьте справку о доходах' }

export type Desk = {
  does<T>(work: (tx: Tx, deps: FamilyDeps) => Promise<T>): Promise<T>
  visit(at: string, given?: Partial<PlannedVisit>): Promise<Visit>
  move(visit: Visit, at: string): Promise<Visit>
  cancel(visit: Visit): Promise<Visit>
  /** Moves the clock to a time and sends what is due then, as the sweep would within a minute. */
  comes(moment: string): Promise<void>
  /** Makes all waiting pushes due now, and waits until all are processed. */
  settled(): Promise<void>
  /** The statuses of the pushes of a kind, oldest first. */
  statuses(kind?: PushKind): Promise<string[]>
}

/** Controls visits and time in a family's world, as a curator would. */
export const openDesk = async ({ world, curatorId, familyId }: FamilyWorld): Promise<Desk> => {
  const { database, clock, config } = world
  const jobs = createJobs(database, createLog('silent'))
  await jobs.start()
  onTestFinished(() => jobs.stop())
  const deps = { enqueue: jobs.enqueue, region: region(config.region), sealer: createSealer(testKeys) }
  const does: Desk['does'] = (work) => database.transaction((tx) => work(tx, deps))
  const atHand = async (tx: Tx, { id }: Pick<Visit, 'id'>) => {
    const [family, visit] = [await lockFamily(tx, familyId), await lockVisit(tx, id)]
    if (!family || !visit) throw new Error('it is not there')
    return { family, visit, now: clock.now() }
  }

  const settled = async () => {
    await makeDue(database, 'push')
    const underWay = () =>
      database.prisma.$queryRaw<unknown[]>`
        SELECT 1 FROM pgboss.job WHERE name IN ('push', 'visit-reminders', 'family-card') AND (state = 'active'
          OR (state IN ('created', 'retry') AND start_after <= now()))`
    await expect.poll(underWay, { timeout: 30_000, interval: 20 }).toEqual([])
  }

  return {
    does,
    visit: (at, given = {}) =>
      does(async (tx) => {
        const family = await lockFamily(tx, familyId)
        if (!family) throw new Error('the family is not there')
        const visit: PlannedVisit = {
          startsAt: new Date(at),
          minutes: 60,
          staffId: curatorId,
          purpose: 'home-survey',
          content: secret,
          audience: 'family',
          memberIds: [],
          ...given,
        }
        return createVisit(tx, deps, { family, visit, now: clock.now() })
      }),
    move: (visit, at) =>
      does(async (tx) =>
        moveVisit(tx, deps, { ...(await atHand(tx, visit)), to: { startsAt: new Date(at) } }),
      ),
    cancel: (visit) => does(async (tx) => cancelVisit(tx, deps, await atHand(tx, visit))),
    comes: async (moment) => {
      clock.set(moment)
      await does((tx) => jobs.enqueue(tx, 'visit-reminders', {}))
      await settled()
      await settled()
    },
    settled,
    statuses: async (kind) =>
      (
        await database.prisma.push.findMany({
          where: kind ? { kind } : {},
          orderBy: [{ at: 'asc' }, { id: 'asc' }],
        })
      ).map(({ status }) => status),
  }
}

export const staffIdByName = async ({ prisma }: Database, name: string): Promise<string> =>
  (await prisma.staffMember.findFirstOrThrow({ where: { name } })).id
