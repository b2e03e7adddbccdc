import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import type { Database } from '#storage/database.ts'
import { createDice } from '../support/dice.ts'
import { effort, seedFrom } from '../support/effort.ts'
import { listenTo } from '../support/listening.ts'
import { openOutside, sealer } from '../support/outside.ts'
import { expectOneRequest, expectTruth } from '../support/patient.ts'
import { bundledScript } from '../support/product-process.ts'
import { openReceiver } from '../support/receiver.ts'
import { openOwnRedis } from '../support/redis.ts'
import { type Family, stuckMs, takePart } from './people.ts'
import { createTroubles } from './troubles.ts'
import { storedAccount } from '../support/accounts.ts'

const requests = effort('CHAOS_REQUESTS', { check: 60, full: 300 })
const seed = seedFrom('CHAOS_SEED')
/** Of the requests under way at once. */
const lanes = 6
const redisNumber = 12
const script = await bundledScript(new URL('../support/loopback-instance.ts', import.meta.url).pathname)

/** An error of an expectation, with what there was instead. */
type Mismatch = Error & { actual?: unknown }

/** What is not in the database as it was told, and what is there twice. */
const audit = async (database: Database, families: readonly Family[]) => {
  const lost: string[] = []
  const doubled: string[] = []
  for (const { chat, number, words, confirmed } of families) {
    const person = await database.prisma.person.findUniqueOrThrow({
      where: { account: storedAccount(chat, sealer) },
      include: { requests: { include: { events: true, consents: true } } },
    })
    const [request] = person.requests
    if (!request || request.number !== number) lost.push(`request ${number}`)
    if (person.requests.length > 1) doubled.push(`requests of ${number}`)
    if (!request) continue
    const mismatch = await expectOneRequest(database, sealer, chat, { asides: true }).catch(
      (error: Mismatch) => error,
    )
    if (mismatch)
      lost.push(`answers of ${number}: ${mismatch.message}: ${JSON.stringify(mismatch.actual) ?? ''}`)
    const kinds = request.consents.map(({ kind }) => kind).sort()
    if (new Set(kinds).size < kinds.length) doubled.push(`consents of ${number}: ${kinds.join(', ')}`)
    for (const kind of ['personal-data', 'support-request', 'data-sharing'])
      if (!kinds.some((one) => one === kind)) lost.push(`consent ${kind} of ${number}`)
    const notes = request.events
      .filter(({ kind }) => kind === 'note')
      .map(({ text }) => sealer.open(text ?? '', `request_events.text.${request.id}`))
      .filter((text) => text === words)
    if (confirmed && notes.length === 0) lost.push(`note to ${number}`)
    if (notes.length > 1) doubled.push(`note to ${number}`)
  }
  return { lost, doubled }
}

test(
  `${requests} requests through kills, duplicates, flushes and failures of PostgreSQL (seed ${seed})`,
  async () => {
    const begun = performance.now()
    const dice = createDice(seed)
    const world = await openOutside({ mode: 'webhook', script })
    const { redis, url: REDIS_URL } = await openOwnRedis(redisNumber)
    const cluster = inject('chaosCluster')
    const restarts = Math.max(2, Math.round(requests / 40))
    const environment = { REDIS_URL }
    const troubles = await createTroubles({ world, dice, redis, cluster, environment, restarts })
    const anna = await world.staff('Анна', ['leninsky'])
    const receiver = await openReceiver()
    await listenTo(world, receiver.url)

    const families: Family[] = []
    const stuck: string[] = []
    let next = 0
    const live = async () => {
      while (next < requests) {
        const n = next++
        families.push(
          await takePart(world, n, (what) => {
            // While no instance was there to take it, it had to wait.
            const why = troubles.servedFor(stuckMs) ? 'stuck' : 'waited'
            stuck.push(`${new Date().toISOString()} ${why}: ${what}`)
          }),
        )
      }
    }
    const troubling = troubles.run(() => families.length / requests)
    const living = Promise.all(Array.from({ length: lanes }, live))
    const failure = await Promise.race([living, troubling.then(() => living)]).then(
      () => null,
      (error: unknown) => error,
    )
    troubles.stop()
    const seconds = Math.round((performance.now() - begun) / 1000)
    await troubling.catch((error: unknown) => troubles.history.push(`the troubles ended: ${error}`))
    const { lost, doubled } = await audit(world.database, families)

    const file = join(tmpdir(), `ryadom-chaos-${seed}.log`)
    const pages = [
      troubles.history,
      ['— stuck —'],
      stuck,
      ['— lost, doubled —'],
      lost,
      doubled,
      ['— log —'],
      world.lines,
    ]
    await writeFile(file, `${pages.flat().join('\n')}\n`)
    const { kills, duplicates, flushes, restarts: failed, cuts } = troubles.tally
    process.stdout.write(
      `\nsubmitted ${families.length} in ${seconds} s, notes confirmed ${families.filter(({ confirmed }) => confirmed).length}; ` +
        `kills ${kills}, duplicates ${duplicates}, flushes ${flushes}, restarts of PostgreSQL ${failed}, cuts ${cuts}; ` +
        `stuck ${stuck.filter((line) => line.includes('stuck')).length}; lost ${lost.length}, doubled ${doubled.length}\n${file}\n\n`,
    )
    expect(failure).toBeNull()
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] })
    expect(families).toHaveLength(requests)
    await expectTruth(
      world.database,
      families.map(({ chat }) => chat),
    )
    expect(await world.database.prisma.request.count()).toBe(requests)

    // What was under way comes again: each request reaches staff, and each event the centre's system, under one id.
    const { prisma } = world.database
    const numbers = families.map(({ number }) => number)
    await expect
      .poll(() => numbers.filter((number) => !anna.allText().includes(number)), { timeout: 180_000 })
      .toEqual([])
    await expect
      .poll(() => prisma.webhookDelivery.count({ where: { status: { not: 'delivered' } } }), {
        timeout: 180_000,
      })
      .toBe(0)
    const told = receiver.events().filter(({ type }) => type === 'request.submitted')
    expect(new Set(told.map(({ data }) => data.number))).toEqual(new Set(numbers))
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']))
    expect(ids.size).toBe(await prisma.webhookEvent.count())
  },
  900_000 + requests * 20_000,
)
