import { setTimeout as pause } from 'node:timers/promises'
import { createLog } from '#core/log.ts'
import { dispatchReminders } from '#features/visits/reminder-sweep.ts'
import { createJobs } from '#queue/boss.ts'
import { openDatabase } from '#storage/open.ts'
import { claimReminders } from '#storage/visits/visit-reminders.ts'
import { entryOf, secret, webhookPath } from './contestants.ts'
import { startBot } from './driver/bot-process.ts'
import { createPoster } from './driver/http-client.ts'
import { type Open, openLoop } from './driver/load.ts'
import { createCrowd } from './driver/people.ts'
import { startFakeTelegram } from './driver/telegram.ts'
import { readOptions } from './options.ts'
import { fillWithVisits, firstChat, makeWave, standing, withClient } from './reminder-rows.ts'
import { openStores, type Stores } from './stores.ts'

// Cost of reminders among 500,000 visits: finding those due in a minute, queueing 10,000 at once, and the effect on
// somebody who is answering meanwhile.
// node --disable-warning=ExperimentalWarning bench/reminders.ts [--seconds 30] [--postgres …] [--redis …]

const { postgres, redis, seconds, scale } = readOptions(process.argv.slice(2))
const families = Math.round(100_000 * scale)
const soon = 200
const wave = Math.round(10_000 * scale)
const limits = { findMs: 50, leaveSeconds: 30, answerMs: 300 }
const answersPerSecond = 40
/** The app checks for reminders once a minute. */
const lookSeconds = 65

const say = (line: string) => process.stdout.write(`${line}\n`)
const verdict = (held: boolean, words: string) => say(`${held ? '✓' : '✗'} ${words}`)
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

/**
 * The read of the minutely check, like storage/visits/visit-reminders.ts before claiming: the index of due reminders.
 */
const measureFinding = async (url: string): Promise<void> => {
  const times: number[] = []
  let found = 0
  await withClient(url, async (client) => {
    for (let round = 0; round < 50; round += 1) {
      const until = new Date(Date.now() + 60 * 60_000)
      const begin = performance.now()
      const { rowCount } = await client.query(
        `SELECT visit_id, version, kind FROM visit_reminders
         WHERE dispatched_at IS NULL AND due_at <= $1 ORDER BY due_at LIMIT 250`,
        [until],
      )
      times.push(performance.now() - begin)
      found = rowCount ?? 0
    }
  })
  times.sort((a, b) => a - b)
  const [p50, p95] = [at(times, 0.5), at(times, 0.95)]
  verdict(
    p95 <= limits.findMs && found === soon,
    `finding the ${found} due in a minute: p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)} ms (limit ${limits.findMs} ms)`,
  )
}

/** Thrown to roll the claim back. */
class Undone extends Error {}

const measureTaking = async (url: string): Promise<void> => {
  const database = await openDatabase({ kind: 'postgres', url, poolSize: 2 }, createLog('warn'))
  const times: number[] = []
  for (let round = 0; round < 50; round += 1) {
    const begin = performance.now()
    const look = database.transaction(async (tx) => {
      const now = new Date(Date.now() + 60 * 60_000)
      await claimReminders(tx, { until: now, limit: 250, now })
      times.push(performance.now() - begin)
      throw new Undone()
    })
    await look.catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
  }
  times.sort((a, b) => a - b)
  const [p50, p95] = [at(times, 0.5), at(times, 0.95)]
  say(`  found, taken, and read with their families: p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)} ms`)
  await database.close()
}

const measureLeaving = async (url: string): Promise<void> => {
  const log = createLog('warn')
  const database = await openDatabase({ kind: 'postgres', url }, log)
  const jobs = createJobs(database, log)
  await jobs.start()
  const size = await makeWave(url, wave)
  const begin = performance.now()
  const left = await dispatchReminders(database, jobs, { clock: { now: () => new Date() } })
  const seconds = (performance.now() - begin) / 1000
  verdict(
    left === size && seconds <= limits.leaveSeconds,
    `${left} due at once leave the database in ${seconds.toFixed(1)} s (limit ${limits.leaveSeconds} s)`,
  )
  await jobs.stop()
  // Starts the next measurement without pending pushes.
  await withClient(url, async (client) => {
    await client.query('TRUNCATE pushes')
    await client.query(`DELETE FROM pgboss.job WHERE name = 'push'`)
  })
  await database.close()
}

const describe = ({ p50, p95, p99 }: Open): string =>
  `p50 ${p50.toFixed(0)}  p95 ${p95.toFixed(0)}  p99 ${p99.toFixed(0)} ms`

const measureAnswers = async (stores: Stores, url: string, seconds: number): Promise<void> => {
  const reminded = new Set<string>()
  const telegram = await startFakeTelegram((method, body) => {
    const chat = method === 'sendMessage' && /"chat_id":"?(\d+)/.exec(body)?.[1]
    if (chat && Number(chat) >= firstChat && Number(chat) <= firstChat + families) reminded.add(chat)
  })
  const redis = await stores.emptyRedis(15)
  const { command, policy } = entryOf('ours', { telegram: telegram.root, postgres: url, redis })
  const bot = await startBot(command)
  const poster = createPoster(bot.port, webhookPath, secret)
  try {
    const crowd = createCrowd(telegram, poster, policy)
    const people = Array.from({ length: 64 }, crowd.newPerson)
    await openLoop(crowd, people, answersPerSecond, 5)
    const alone = await openLoop(crowd, people, answersPerSecond, seconds)
    const size = await makeWave(url, wave)
    let leaving = Number.NaN
    const watching = withClient(url, async (client) => {
      let begun = Number.NaN
      for (let look = 0; look < (lookSeconds + seconds) * 5; look += 1) {
        const { due = size, waiting = 0 } = (await standing(client)) ?? {}
        if (Number.isNaN(begun) && (due < size || waiting > 0)) begun = performance.now()
        if (due === 0) {
          leaving = (performance.now() - begun) / 1000
          return
        }
        await pause(200)
      }
    })
    const meanwhile = await openLoop(crowd, people, answersPerSecond, lookSeconds + seconds)
    await watching
    const { sent = 0 } = (await withClient(url, standing)) ?? {}
    say(`  answers before the wave: ${describe(alone)}`)
    verdict(leaving <= limits.leaveSeconds, `in the app they left in ${leaving.toFixed(1)} s or less`)
    say(`  reminders sent meanwhile: ${sent} (${reminded.size} chats)`)
    verdict(
      meanwhile.p95 <= limits.answerMs && sent > 0 && crowd.figures.refused === 0,
      `a person's answer meanwhile, ${answersPerSecond}/s: ${describe(meanwhile)} (limit ${limits.answerMs} ms at p95)`,
    )
  } finally {
    poster.close()
    await bot.stop()
    await telegram.close()
  }
}

process.once('SIGINT', () => process.exit(130))
const stores = await openStores(postgres, redis)
try {
  const url = await stores.newDatabase('reminders')
  say(`filling a database with ${families * 5} visits …`)
  await fillWithVisits(url, { families, soon })
  await measureFinding(url)
  await measureTaking(url)
  await measureLeaving(url)
  // The app looks once a minute: of that there is no small form.
  if (scale === 1) await measureAnswers(stores, url, seconds)
} finally {
  await stores.release()
}
