import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { createSandbox } from '#sandbox/server.ts'
import { createTelegram, type Telegram } from '#sandbox/telegram/telegram.ts'
import { entryOf } from './contestants.ts'
import { startBot } from './driver/bot-process.ts'
import { farAway } from './driver/far-away.ts'
import { readOptions } from './options.ts'
import { openStores } from './stores.ts'
import { atMost, page, type Verdict } from './verdicts.ts'

// One account taps 25 times a second and Telegram is 60 ms away: how long others wait, by long polling and by webhook.
// node --disable-warning=ExperimentalWarning bench/flood.ts [--seconds 20] [--postgres …] [--redis …]

const { postgres, redis, seconds } = readOptions(process.argv.slice(2))
const roundTripMs = 60
const tapsPerSecond = 25
const othersCount = 5
/** Each of the others taps once in this time, and opens the crisis card once in it. */
const othersEveryMs = 2_000
type Receiving = 'long polling' | 'webhook'
const limits = { p95Ms: 1_000, crisisMs: 500 }

const openStage = async (receiving: Receiving) => {
  const stores = await openStores(postgres, redis)
  const telegram = createTelegram({
    token: `1000001:${randomBytes(12).toString('base64url')}`,
    clock: systemClock,
  })
  const sandbox = createSandbox({ telegram, host: '127.0.0.1', port: 0, log: createLog('silent') })
  await sandbox.start()
  let botPort = 0
  const toTelegram = await farAway(() => sandbox.apiRoot, roundTripMs)
  const toBot = await farAway(() => `http://127.0.0.1:${botPort}`, roundTripMs)
  const around = {
    telegram: toTelegram.url,
    postgres: await stores.newDatabase('flood'),
    redis: await stores.emptyRedis(14),
  }
  const { command } = entryOf('ours', around)
  const bot = await startBot({
    ...command,
    env: (port) => {
      botPort = port
      const { PUBLIC_URL: _, TELEGRAM_WEBHOOK_SECRET: secret, ...polling } = command.env(port)
      const webhook = receiving === 'webhook' && { PUBLIC_URL: toBot.url, TELEGRAM_WEBHOOK_SECRET: secret }
      return { ...polling, ...webhook, TELEGRAM_BOT_TOKEN: telegram.token } as Record<string, string>
    },
  })
  const close = async () => {
    await bot.stop()
    toTelegram.close()
    toBot.close()
    await sandbox.stop()
    await telegram.stop()
    await stores.release()
  }
  return { telegram, close }
}

/** A person whose home card is on the screen. */
const newPerson = async (telegram: Telegram, id: number) => {
  telegram.addPerson({ id, firstName: 'Ольга', phone: '+79001112233', languageCode: 'ru' })
  telegram.start(id)
  const card = () => telegram.chat(id).findLast(({ by, reply_markup: rows }) => by === 'bot' && rows)
  while (!card()) await pause(20)
  const buttons = () => card()?.reply_markup?.inline_keyboard.flat() ?? []
  const tap = async (data: string): Promise<number> => {
    const begin = performance.now()
    await telegram.tap(id, card()?.message_id ?? 0, data)
    return performance.now() - begin
  }
  const dataOf = (pattern: RegExp): string => {
    const found = buttons().find(({ text }) => pattern.test(text))
    if (!found || !('callback_data' in found)) throw new Error(`no button ${pattern}`)
    return found.callback_data ?? ''
  }
  return { tap, dataOf }
}

const at = (times: readonly number[], share: number): number => {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Runs the flood once. Returns its verdicts, and a line about the flooder's own taps. */
const measure = async (receiving: Receiving): Promise<{ verdicts: Verdict[]; flood: string }> => {
  const { telegram, close } = await openStage(receiving)
  try {
    const flooder = await newPerson(telegram, 5_000_001)
    const others = []
    for (let nth = 0; nth < othersCount; nth += 1) others.push(await newPerson(telegram, 5_000_100 + nth))
    // The first button of the home card, and the one that every card has.
    const [first, crisis] = [flooder.dataOf(/./), flooder.dataOf(/Срочная помощь/)]

    const end = performance.now() + seconds * 1000
    const flood: Promise<number>[] = []
    const flooding = (async () => {
      for (let due = performance.now(); due < end; due += 1000 / tapsPerSecond) {
        await pause(Math.max(0, due - performance.now()))
        flood.push(flooder.tap(first))
      }
    })()
    const taps: number[] = []
    const crises: number[] = []
    const lives = others.map(async ({ tap }, nth) => {
      await pause((nth * othersEveryMs) / othersCount)
      while (performance.now() < end) {
        taps.push(await tap(first))
        crises.push(await tap(crisis))
        await pause(othersEveryMs)
      }
    })
    await Promise.all([flooding, ...lives])
    const own = await Promise.all(flood)
    const ms = (times: readonly number[], share: number) => `${at(times, share).toFixed(0)} ms`
    return {
      verdicts: [
        atMost(`${receiving}: another person’s tap, p95`, at(taps, 0.95), {
          limit: limits.p95Ms,
          unit: 'ms',
        }),
        atMost(`${receiving}: the crisis card, p95`, at(crises, 0.95), {
          limit: limits.crisisMs,
          unit: 'ms',
        }),
      ],
      flood: `${receiving}: ${own.length} taps of the flood, p50 ${ms(own, 0.5)}, p95 ${ms(own, 0.95)}; of others ${taps.length} and ${crises.length}`,
    }
  } finally {
    await close()
  }
}

const rounds = [await measure('long polling'), await measure('webhook')]
const verdicts = rounds.flatMap((round) => round.verdicts)
process.stdout.write(`${page(verdicts)}\n${rounds.map(({ flood }) => `  ${flood}`).join('\n')}\n`)
if (verdicts.some(({ held }) => !held)) process.exitCode = 1
