import { entryOf, secret, webhookPath } from './contestants.ts'
import { type BotProcess, startBot } from './driver/bot-process.ts'
import { createPoster } from './driver/http-client.ts'
import { closedLoop, openLoop } from './driver/load.ts'
import { type Crowd, createCrowd, type Person } from './driver/people.ts'
import type { Policy } from './driver/policy.ts'
import { type FakeTelegram, startFakeTelegram } from './driver/telegram.ts'
import type { Contestant, Options } from './options.ts'
import type { Stores } from './stores.ts'

/** A running bot with its own fake Telegram, so that its calls are counted separately. */
export type Running = {
  name: Contestant
  bot: BotProcess
  telegram: FakeTelegram
  crowd: Crowd
  people: Person[]
  policy: Policy
  postgres: string
  results: Result[]
  stop(): Promise<void>
}

export type Result = {
  updatesPerSecond: number
  p50: number
  p99: number
  /** CPU time of the bot per update, µs: the figure that a busy machine distorts least. */
  microseconds: number
  /** Fraction of one core used during the closed loop. */
  botCpu: number
  driverCpu: number
  callsPerUpdate: number
}

/** The warm-up ends after this many updates, or this long: the code is compiled by then. */
const warmUp = { updates: 10_000, seconds: 8 }
const settleSeconds = 1
const longestQuestionnaire = 22

/** Redis databases that are used and must be empty; other contestants store nothing there. */
const redisNumbers: Partial<Record<Contestant, number>> = { scenes: 14, ours: 15 }

/** Starts a contestant on a fresh database, or on one that was filled for it. */
export const start = async (
  name: Contestant,
  options: Options,
  stores: Stores,
  filled: { postgres?: string; keys?: string } = {},
): Promise<Running> => {
  const telegram = await startFakeTelegram()
  try {
    const postgres = filled.postgres ?? (await stores.newDatabase(name))
    const number = redisNumbers[name]
    const redis = number === undefined ? '' : await stores.emptyRedis(number)
    const { command, policy } = entryOf(name, {
      ...{ telegram: telegram.root, postgres, redis, keys: filled.keys },
    })
    const bot = await startBot(command)
    const poster = createPoster(bot.port, webhookPath, secret)
    const crowd = createCrowd(telegram, poster, policy)
    return {
      name,
      bot,
      telegram,
      crowd,
      policy,
      people: Array.from({ length: options.chats }, crowd.newPerson),
      postgres,
      results: [],
      stop: async () => {
        poster.close()
        await bot.stop()
        await telegram.close()
      },
    }
  } catch (error) {
    await telegram.close()
    throw error
  }
}

/** Measures maximum throughput, then latency at half of that. */
export const measure = async (running: Running, seconds: number): Promise<Result> => {
  const { bot, crowd, people, telegram } = running
  if (running.results.length === 0) await warm(running)
  else await closedLoop(crowd, people, settleSeconds)

  telegram.calls.clear()
  const [botBefore, driverBefore] = [bot.cpuSeconds(), process.cpuUsage()]
  const { updatesPerSecond } = await closedLoop(crowd, people, seconds)
  const driver = process.cpuUsage(driverBefore)
  const calls = [...telegram.calls.values()].reduce((sum, count) => sum + count, 0)
  const botCpu = (bot.cpuSeconds() - botBefore) / seconds

  // Whoever had to wait to submit does so together with the others by now.
  await spread(crowd, people)
  const { p50, p99 } = await openLoop(crowd, people, updatesPerSecond / 2, seconds)
  const result = {
    updatesPerSecond,
    p50,
    p99,
    microseconds: (botCpu / updatesPerSecond) * 1e6,
    botCpu,
    driverCpu: (driver.user + driver.system) / 1e6 / seconds,
    callsPerUpdate: calls / (updatesPerSecond * seconds),
  }
  running.results.push(result)
  return result
}

/** Spreads the persons over the questions; otherwise all would submit at the same moment. */
const spread = async (crowd: Crowd, people: readonly Person[]) => {
  await Promise.all(
    people.map(async (person, index) => {
      for (let step = 0; step < index % longestQuestionnaire; step++) await crowd.act(person)
    }),
  )
}

const warm = async ({ crowd, people }: Running) => {
  await spread(crowd, people)
  let updates = 0
  for (let second = 0; second < warmUp.seconds && updates < warmUp.updates; second++) {
    updates += (await closedLoop(crowd, people, 1)).updatesPerSecond
  }
}
