import { entryOf, secret, webhookPath } from './contestants.ts'
import { type BotProcess, startBot } from './driver/bot-process.ts'
import { createPoster } from './driver/http-client.ts'
import { closedLoop, openLoop } from './driver/load.ts'
import { type Crowd, createCrowd, type Person } from './driver/people.ts'
import { type FakeTelegram, startFakeTelegram } from './driver/telegram.ts'
import type { Contestant, Options } from './options.ts'
import type { Stores } from './stores.ts'

/** One running bot with its own fake Telegram, so that its calls are counted apart. */
export type Running = {
  name: Contestant
  bot: BotProcess
  telegram: FakeTelegram
  crowd: Crowd
  people: Person[]
  postgres: string
  results: Result[]
  stop(): Promise<void>
}

export type Result = {
  updatesPerSecond: number
  p50: number
  p99: number
  /** Processor time of the bot for one update, µs: what a busy machine distorts least. */
  microseconds: number
  /** Shares of one core during the closed loop. */
  botCpu: number
  driverCpu: number
  callsPerUpdate: number
}

/** The first round begins when the code is compiled: after this many updates, or this long. */
const warmUp = { updates: 10_000, seconds: 8 }
const settleSeconds = 1
const longestQuestionnaire = 25

/** Databases of Redis that are used, and must be empty; the others keep nothing there. */
const redisNumbers: Partial<Record<Contestant, number>> = { scenes: 14, ours: 15 }

/** Starts one contestant on a fresh database of its own. */
export const start = async (name: Contestant, options: Options, stores: Stores): Promise<Running> => {
  const telegram = await startFakeTelegram()
  try {
    const postgres = await stores.newDatabase(name)
    const number = redisNumbers[name]
    const redis = number === undefined ? '' : await stores.emptyRedis(number)
    const { command, policy } = entryOf(name, { telegram: telegram.root, postgres, redis })
    const bot = await startBot(command)
    const poster = createPoster(bot.port, webhookPath, secret)
    const crowd = createCrowd(telegram, poster, policy)
    return {
      name,
      bot,
      telegram,
      crowd,
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

/** The most it can do, then its latency at half of that. */
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

/** Lets everybody stand at a question of their own, or all would submit at the same moment. */
const warm = async ({ crowd, people }: Running) => {
  await Promise.all(
    people.map(async (person, index) => {
      for (let step = 0; step < index % longestQuestionnaire; step++) await crowd.act(person)
    }),
  )
  let updates = 0
  for (let second = 0; second < warmUp.seconds && updates < warmUp.updates; second++) {
    updates += (await closedLoop(crowd, people, 1)).updatesPerSecond
  }
}
