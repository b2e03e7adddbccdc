import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { peopleOf } from './accounts.ts'
import { entryOf, secret, webhookPath } from './contestants.ts'
import { startBot } from './driver/bot-process.ts'
import { createPoster } from './driver/http-client.ts'
import { createCrowd, type Person } from './driver/people.ts'
import { answerOurs } from './driver/policy.ts'
import { startFakeTelegram } from './driver/telegram.ts'
import { readOptions } from './options.ts'
import { openStores, type Stores } from './stores.ts'

// Time from Submit to the specialist's card in Telegram, at 20 submits a second.
// node --disable-warning=ExperimentalWarning bench/card.ts [--seconds 20] [--postgres …] [--redis …]

const submitsPerSecond = 20
const limitMs = 300
const preparing = 16
const numberIn = /20\d\d-\d{6}/

/** Chats of the specialists, who all serve every territory. */
const specialists = Array.from({ length: 8 }, (_, index) => 4_900_000_000 + index)

const bench = async (stores: Stores, seconds: number): Promise<void> => {
  const arrived = new Map<string, number>()
  const telegram = await startFakeTelegram((method, body) => {
    if (method !== 'sendMessage' || !specialists.some((chat) => body.includes(String(chat)))) return
    const number = numberIn.exec(body)?.[0]
    if (number && !arrived.has(number)) arrived.set(number, performance.now())
  })
  const postgres = await stores.newDatabase('card')
  const { command, policy } = entryOf('ours', {
    telegram: telegram.root,
    postgres,
    redis: await stores.emptyRedis(15),
  })
  const bot = await startBot(command)
  const poster = createPoster(bot.port, webhookPath, secret)
  try {
    await employ(postgres)
    const crowd = createCrowd(telegram, poster, policy)
    const people = Array.from({ length: submitsPerSecond * seconds }, crowd.newPerson)
    const waiting = [...people]
    const prepare = async () => {
      for (let person = waiting.pop(); person; person = waiting.pop()) {
        while (!aboutToSubmit(person, telegram.screen(person.chat))) await crowd.act(person)
      }
    }
    await Promise.all(Array.from({ length: preparing }, prepare))

    const submitted = new Map<string, number>()
    const submits: Promise<void>[] = []
    const begin = performance.now()
    for (const [index, person] of people.entries()) {
      const due = begin + (index * 1000) / submitsPerSecond
      await pause(Math.max(0, due - performance.now()))
      submits.push(
        crowd.act(person, due).then(() => {
          const number = numberIn.exec(telegram.screen(person.chat)?.text ?? '')?.[0]
          if (number) submitted.set(number, due)
        }),
      )
    }
    await Promise.all(submits)
    for (let wait = 0; wait < 100 && arrived.size < people.length; wait++) await pause(100)
    report(people.length, submitted, arrived)
  } finally {
    poster.close()
    await bot.stop()
    await telegram.close()
  }
}

const aboutToSubmit = (person: Person, screen: Parameters<typeof answerOurs>[0]): boolean => {
  const action = answerOurs(screen, person.memory)
  return action.kind === 'tap' && action.keeps === 'request'
}

/** Active specialists, inserted directly into the database. */
const employ = async (postgres: string): Promise<void> => {
  const client = new Client({ connectionString: postgres })
  await client.connect()
  const territories = ['leninsky', 'oktyabrsky', 'promyshlenny', 'shpakovsky', 'other']
  const accounts = specialists.map((chat) => `telegram:${chat}`)
  await client.query(
    `WITH person AS (
       INSERT INTO persons (id, account, sealed_account) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[]) RETURNING id
     )
     INSERT INTO staff_members (id, name, role, territories, person_id) SELECT gen_random_uuid(), 'Анна', 'intake', $4, id FROM person`,
    [...peopleOf(accounts), territories],
  )
  await client.end()
}

const report = (asked: number, submitted: Map<string, number>, arrived: Map<string, number>): void => {
  const waits = [...submitted].flatMap(([number, from]) => {
    const to = arrived.get(number)
    return to === undefined ? [] : [to - from]
  })
  waits.sort((a, b) => a - b)
  const at = (share: number) =>
    waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? Number.NaN
  const missing = asked - waits.length
  const held = missing === 0 && at(0.95) <= limitMs
  process.stdout.write(
    `${held ? '✓' : '✗'} Submit → specialist's card at ${submitsPerSecond}/s: p50 ${at(0.5).toFixed(0)}  p95 ${at(0.95).toFixed(0)}` +
      `  p99 ${at(0.99).toFixed(0)} ms (limit ${limitMs} at p95); ${waits.length} of ${asked} cards arrived\n`,
  )
}

const { seconds, postgres, redis } = readOptions(process.argv.slice(2))
const stores = await openStores(postgres, redis)
try {
  await bench(stores, seconds)
} finally {
  await stores.release()
}
