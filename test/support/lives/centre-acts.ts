import { expect } from 'vitest'
import { createLog } from '#core/log.ts'
import { erase } from '#features/erasure/erase.ts'
import { eraseClosed } from '#features/retention/erase-closed.ts'
import { runRetention } from '#features/retention/retention.ts'
import { resealAll } from '#storage/keys/reseal.ts'
import { keysInUse, rewrapAll } from '#storage/keys/rotate.ts'
import { aPlan, anActivity, publish } from '#test/support/plan.ts'
import { planVisit } from '#test/support/visits.ts'
import { sealAccounts } from '#workers/seal-accounts.ts'
import type { Act } from './acts.ts'
import type { Lives } from './open-lives.ts'

const day = 24 * 60 * 60_000

const block: Act = {
  name: 'block',
  weight: 2,
  may: (stand, { letter }) => letter === null && stand.memberId !== null,
  run: async ({ key, world }, life, { memberId }) => {
    const receivedOn = world.clock.now().toISOString().slice(0, 10)
    const letter = { kind: 'correction', source: 'letter', receivedOn, asker: 'self', memberId }
    const made = await key.post('/data-requests', letter)
    expect(made).toMatchObject({ status: 201 })
    life.letter = `/data-requests/${(made.body as { id: string }).id}`
    expect(await key.call('PUT', `${life.letter}/restriction`)).toMatchObject({ status: 200 })
  },
}

const unblock: Act = {
  name: 'unblock',
  weight: 4,
  may: (_, { letter }) => letter !== null,
  run: async ({ key }, life) => {
    const answered = await key.post(`${life.letter}/answer`, { outcome: 'done', answer: 'Исправлено' })
    // Of somebody who was erased meanwhile nothing is left to answer.
    expect([200, 404, 409]).toContain(answered.status)
    life.letter = null
  },
}

const eraseByCentre: Act = {
  name: 'erase',
  weight: 2,
  may: (stand) => stand.personId !== null,
  run: async ({ does, world }, _, { personId }) => {
    const asked = { ground: 'request', by: {}, now: world.clock.now() } as const
    await does((tx, deps) => erase(tx, deps, { of: { person: personId ?? '' }, ...asked }))
  },
}

export const actsAbout: readonly Act[] = [block, unblock, eraseByCentre]

/** What the centre does for all of them. */
export type CentreAct = { name: string; weight: number; run(lives: Lives): Promise<void> }

const isOpen = async ({ world, familyId }: Lives): Promise<boolean> =>
  (await world.database.prisma.family.findUniqueOrThrow({ where: { id: familyId } })).status === 'active'

const work: CentreAct = {
  name: 'work',
  weight: 3,
  run: async (lives) => {
    if (!(await isOpen(lives))) return
    const { key, path, words, ofFamily, world } = lives
    const word = words.after('щелющ')
    expect(await key.post(`${path}/notes`, { text: word })).toMatchObject({ status: 201 })
    ofFamily.push(word)
    const from = new Date(world.clock.now().getTime() - day).toISOString().slice(0, 10)
    const until = new Date(world.clock.now().getTime() + 170 * day).toISOString().slice(0, 10)
    const on = new Date(world.clock.now().getTime() + 5 * day).toISOString().slice(0, 10)
    const activity = anActivity('a', { plain: words.after('щелющ'), when: { kind: 'once', on, at: '15:00' } })
    await publish(key, path, aPlan([activity], { from, until }))
    await planVisit(lives, { startsAt: new Date(world.clock.now().getTime() + 3 * day).toISOString() })
  },
}

const close: CentreAct = {
  name: 'close',
  weight: 0.5,
  run: async (lives) => {
    if (!(await isOpen(lives))) return
    expect(await lives.key.post(`${lives.path}/transition`, { to: 'closed' })).toMatchObject({ status: 200 })
  },
}

/** Support begins anew for the same people, in another family. */
const openAnother: CentreAct = {
  name: 'another-family',
  weight: 3,
  run: async (lives) => {
    if (await isOpen(lives)) return
    const { curatorId } = lives
    const body = { territory: 'leninsky', curatorId, level: 'crisis', stage: 'activities' }
    const made = await lives.key.post('/families', body)
    expect(made).toMatchObject({ status: 201 })
    lives.familyId = (made.body as { id: string }).id
    lives.path = `/families/${lives.familyId}`
    lives.ofFamily = []
  },
}

const retention: CentreAct = {
  name: 'retention',
  weight: 2,
  run: async ({ world, does, jobs, sealer }) => {
    const deps = { sealer: sealer(), enqueue: jobs.enqueue }
    await does(async (tx, { enqueue }) => enqueue(tx, 'due-erasures', {}))
    const run = { now: world.clock.now(), closedYears: 1, startedBy: 'schedule' } as const
    await runRetention(world.database, { ...run, erase: eraseClosed(world.database, deps) })
  },
}

/** The next key comes to the front, with a restart; nothing needs an earlier one when it is over. */
const rotate: CentreAct = {
  name: 'rotate',
  weight: 1,
  run: async ({ world, sealer }) => {
    const earlier = world.config.keys ?? []
    const id = `key${earlier.length}`
    world.config.keys = [{ id, key: Buffer.alloc(32, 100 + earlier.length) }, ...earlier]
    await world.restart()
    const log = createLog('silent')
    await rewrapAll(world.database, sealer())
    await sealAccounts({ database: world.database, sealer: sealer(), log })
    await resealAll(world.database, sealer())
    expect((await keysInUse(world.database)).filter(({ key }) => key !== id)).toEqual([])
  },
}

/** Before the teenager is no minor any more. */
const grownUp = new Date('2029-01-01T00:00:00Z')

/** Days go by, and with them terms. */
const wait = (days: number, weight: number): CentreAct => ({
  name: `${days} days`,
  weight,
  run: async ({ world: { clock } }) => {
    if (clock.now() < grownUp) clock.forward(days * day)
  },
})

export const centreActs: readonly CentreAct[] = [
  ...[work, close, openAnother, retention, rotate, wait(1, 2), wait(29, 1), wait(100, 0.3), wait(370, 0.3)],
]
