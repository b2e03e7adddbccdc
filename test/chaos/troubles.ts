import { setTimeout as pause } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import pg from 'pg'
import type { Update } from '#sandbox/telegram/types.ts'
import { deliver } from '../support/deliver.ts'
import type { Dice } from '../support/dice.ts'
import type { Environment, Instance } from '../support/instances.ts'
import type { Outside } from '../support/outside.ts'
import { serverUrl } from '../support/postgres.ts'
import { type Cluster, crashCluster } from './cluster.ts'

export type Tally = { kills: number; duplicates: number; flushes: number; restarts: number; cuts: number }

type Troubles = {
  world: Outside
  dice: Dice
  redis: Redis
  cluster: Cluster | null
  environment: Environment
  /** In how many database failures to have, spread over the run. */
  restarts: number
}

const longestPauseMs = 2_500

/** Two instances that die and come again, a Redis that forgets, a database that fails, and updates that come twice. */
export const createTroubles = async ({ world, dice, redis, cluster, environment, restarts }: Troubles) => {
  const tally: Tally = { kills: 0, duplicates: 0, flushes: 0, restarts: 0, cuts: 0 }
  /** What happened when, for whoever has to find out why. */
  const history: string[] = []
  const note = (what: string) => void history.push(`${new Date().toISOString()} ${what}`)
  const begin = () => world.start(environment)
  const instances: (Instance | null)[] = [await begin(), await begin()]
  let underWay = true
  /** Since when an instance and the database have been there without a break. */
  let servingSince = performance.now()

  const alive = () => instances.filter((one) => one?.alive()) as Instance[]
  world.board.route = (update: Update) => {
    const [first, second] = dice.chance(0.5) ? alive() : alive().toReversed()
    if (underWay && dice.chance(0.15)) {
      const twice = second ?? first
      if (twice) {
        tally.duplicates += 1
        void deliver(twice.port, update).catch(() => undefined)
      }
    }
    return first?.port ?? null
  }

  const kill = async (nth: number) => {
    await instances[nth]?.kill()
    tally.kills += 1
    if (alive().length === 0) servingSince = Number.POSITIVE_INFINITY
    note(`killed ${nth}`)
    await pause(dice.below(600))
    // While the database is away it starts all the same; a start that a second failure ends is tried again.
    for (;;) {
      const started = await begin().catch((error: Error) => error)
      if (!(started instanceof Error)) {
        if (alive().length === 0) servingSince = performance.now()
        instances[nth] = started
        return note(`started ${nth}`)
      }
      note(`did not start ${nth}: ${started.message.slice(0, 200)}`)
    }
  }
  const flush = async () => {
    await redis.flushdb()
    tally.flushes += 1
    note('flushed Redis')
  }
  const cut = async () => {
    const server = new pg.Client({ connectionString: serverUrl() })
    await server.connect()
    const name = new URL(world.databaseUrl).pathname.slice(1)
    await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
    await server.end()
    tally.cuts += 1
    note('cut connections')
  }
  const failDatabase = async () => {
    if (!cluster) return cut()
    await crashCluster(cluster)
    servingSince = performance.now()
    tally.restarts += 1
    note('restarted PostgreSQL')
  }

  /** `share`: of the requests that are there already, from 0 to 1. */
  const run = async (share: () => number) => {
    let failures = 0
    while (underWay) {
      await pause(200 + dice.below(longestPauseMs))
      if (!underWay) return
      if (failures < restarts && share() > (failures + 0.5) / restarts) {
        failures += 1
        await failDatabase()
        continue
      }
      await dice.oneOf<() => Promise<void>>([
        [5, () => () => kill(dice.below(2))],
        [1, () => async () => void (await Promise.all([kill(0), kill(1)]))],
        [3, () => flush],
        [1, () => cut],
      ])()
    }
  }

  return {
    tally,
    history,
    run,
    /** Whether updates could be taken for so long. */
    servedFor: (ms: number) => performance.now() - servingSince > ms,
    stop: () => {
      underWay = false
    },
  }
}
