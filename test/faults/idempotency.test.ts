import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { createKey } from '#features/staff/api-keys.ts'
import { joined, submitted } from '../storage/samples.ts'
import { type ApiAnswer, type ApiClient, clientOf } from '../support/api.ts'
import { type Ending, withFile } from '../support/ending.ts'
import type { Instance } from '../support/instances.ts'
import { holdRequest, waitingForLocks } from '../support/locks.ts'
import { type Outside, onServer, openOutside, sealer } from '../support/outside.ts'

/** How often the process dies while calls are under way. */
const kills = effort('KILLS', { check: 1, full: 25 })
const seed = seedFrom('KILLS_SEED')

/** A request, and clients of whichever instance runs. */
const openWithClients = async (ending: Ending) => {
  const world = await openOutside({ mode: 'webhook', ending })
  let instance = await world.start()
  await joined(world.database, { territories: ['leninsky'] })
  const { id } = await submitted(world.database, { territory: 'leninsky' })
  // It waits for nothing: the net below routing must not count a change of its own.
  await world.database.prisma.request.update({
    where: { id },
    data: {
      escalateAt: new Date('2100-01-01T00:00:00Z'),
      // An app does not start where its keys open nothing.
      contact: sealer.sealJson({}, `requests.contact.${id}`),
    },
  })
  return {
    world,
    path: `/requests/${id}`,
    /** Each with a key, and a limit of calls, of its own. */
    newClient: async () => {
      const key = { name: 'test', scopes: ['requests:write'] as const, territories: [] }
      const { token } = await world.database.transaction((tx) =>
        createKey(tx, { ...key, now: world.clock.now() }),
      )
      return clientOf(() => `http://127.0.0.1:${instance.port}`, token)
    },
    instance: (): Instance => instance,
    startAgain: async () => {
      await instance.kill()
      instance = await world.start()
    },
  }
}

const notes = ({ database }: Outside) => database.prisma.requestEvent.count({ where: { kind: 'staff-note' } })

/** As a client does that wants its deed done: the same call until it is answered. */
const untilDone = async (client: ApiClient, path: string, body: unknown, key: string): Promise<ApiAnswer> => {
  for (;;) {
    const answer = await client.post(path, body, { 'idempotency-key': key }).catch(() => null)
    if (answer && answer.status < 300) return answer
    // Nobody listens, the database is away, or the dead process's transaction is not over yet.
    if (answer) expect([409, 503]).toContain(answer.status)
    await pause(50)
  }
}

describe.runIf(onServer)('kill -9 while a call with an Idempotency-Key is under way', () => {
  const ending = withFile()
  let opened: Awaited<ReturnType<typeof openWithClients>>
  beforeAll(async () => {
    opened = await openWithClients(ending)
  })

  test('in the middle of the work: nothing of it is left, and tried again it is done once', async () => {
    const { world, path, newClient, instance, startAgain } = opened
    const client = await newClient()
    // The API is made by the first call, which takes a busy machine longer than a lock is waited for.
    await client.get(path)
    const held = await holdRequest(world.database, path)
    const lost = client
      .post(`${path}/notes`, { text: 'Звонили.' }, { 'idempotency-key': 'a' })
      .catch((error: unknown) => error)
    await expect.poll(() => waitingForLocks(world.database), { timeout: 4_000 }).toBe(1)
    await instance().kill()
    expect(await lost).toBeInstanceOf(Error)
    await held.release()
    expect(await notes(world)).toBe(0)

    await startAgain()
    const answer = await untilDone(client, `${path}/notes`, { text: 'Звонили.' }, 'a')
    expect(answer.body).toMatchObject({ revision: 1 })
    expect((await untilDone(client, `${path}/notes`, { text: 'Звонили.' }, 'a')).body).toEqual(answer.body)
    expect(await notes(world)).toBe(1)
  }, 90_000)

  test(
    `at any moment: every deed is done once, and answered alike ever after (seed ${seed})`,
    async () => {
      const dice = createDice(seed)
      const { world, path, newClient, startAgain } = opened
      const before = await notes(world)
      const done: { again: () => Promise<ApiAnswer>; body: unknown }[] = []
      let killing = true
      const work = async () => {
        const client = await newClient()
        while (killing) {
          const [key, text] = [randomUUID(), `Звонили ${randomUUID()}.`]
          const call = () => untilDone(client, `${path}/notes`, { text }, key)
          done.push({ body: (await call()).body, again: call })
          // The limit of calls is 600 a minute.
          await pause(30)
        }
      }
      const working = Promise.all(Array.from({ length: 4 }, work))
      for (let round = 0; round < kills; round += 1) {
        // A process that has answered already, so that calls are under way in it.
        const enough = done.length + 1 + dice.below(8)
        await expect.poll(() => done.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(enough)
        await pause(dice.below(60))
        await startAgain()
      }
      killing = false
      await working
      expect(await notes(world)).toBe(before + done.length)
      const { revision } = await world.database.prisma.request.findFirstOrThrow()
      expect(revision).toBe(before + done.length)
      for (const { again, body } of done.slice(-40)) expect((await again()).body).toEqual(body)
      expect(await notes(world)).toBe(before + done.length)
    },
    60_000 + kills * 8_000,
  )
})
