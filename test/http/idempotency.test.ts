import { afterEach, describe, expect, inject, test } from 'vitest'
import { startApp } from '#src/app.ts'
import { createLog } from '#core/log.ts'
import { openDatabase } from '#storage/open.ts'
import { clientOf, keyOf } from '../support/api.ts'
import { openWithRequest, problem, type Submitted, shown, staffIdOf, paper } from '../support/submitted.ts'
import { databaseUrl } from '../support/postgres.ts'
import { holdRequest, waitingForLocks } from '../support/locks.ts'
import { inProcess } from '../support/in-process.ts'

const under = (name: string) => ({ 'idempotency-key': name })
/** Our statements time out after 5 s. */
const soon = { timeout: 4_000 }
const day = 24 * 60 * 60 * 1000

const notes = ({ world }: Submitted) =>
  world.database.prisma.requestEvent.count({ where: { kind: 'staff-note' } })

test('a hundred concurrent calls with one key are executed once and get the same response', async () => {
  const submitted = await openWithRequest()
  const { key, path } = submitted
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => key.post(`${path}/notes`, { text: 'Звонили.' }, under('a-1'))),
  )
  expect(await notes(submitted)).toBe(1)
  const [first] = answers
  expect(first).toMatchObject({ status: 200, body: { revision: 1 } })
  for (const { status, headers, body } of answers) {
    expect([status, headers.get('etag'), body]).toEqual([200, '"1"', first?.body])
  }
  // Also later, when the request has changed.
  await key.post(`${path}/notes`, { text: 'Ещё раз.' })
  expect((await key.post(`${path}/notes`, { text: 'Звонили.' }, under('a-1'))).body).toEqual(first?.body)
  expect(await notes(submitted)).toBe(2)
})

test('a hundred concurrent messages with one key create one row and one push', async () => {
  const { world, key, olga, path } = await openWithRequest()
  await key.post(`${path}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => key.post(`${path}/messages`, { text: 'Здравствуйте.' }, under('m'))),
  )
  expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1)
  expect(answers[0]?.status).toBe(201)
  expect(await world.database.prisma.requestEvent.count({ where: { kind: 'answer' } })).toBe(1)
  const told = () => olga.allText().split('У вас новое сообщение').length - 1
  await expect.poll(told).toBe(2)
})

test('a key is rejected for a different body, path or revision', async () => {
  const submitted = await openWithRequest()
  const { key, path } = submitted
  await key.post(`${path}/notes`, { text: 'Звонили.' }, under('b'))
  for (const again of [
    await key.post(`${path}/notes`, { text: 'Писали.' }, under('b')),
    await key.post(`${path}/withdraw`, paper, under('b')),
    await key.post(`${path}/notes`, { text: 'Звонили.' }, { ...under('b'), 'if-match': '"1"' }),
  ]) {
    expect(again).toMatchObject(problem('idempotency-key-reused', 422))
  }
  const both = await Promise.all(
    ['Один', 'Другой'].map((text) => key.post(`${path}/notes`, { text }, under('c'))),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
  expect(await notes(submitted)).toBe(2)
})

test('two clients can use the same key independently', async () => {
  const submitted = await openWithRequest()
  const { world, key, path } = submitted
  const other = await keyOf(world)
  const [one, two] = await Promise.all(
    [key, other].map((client) => client.post(`${path}/notes`, { text: 'Звонили.' }, under('d'))),
  )
  expect([one?.status, two?.status]).toEqual([200, 200])
  expect(await notes(submitted)).toBe(2)
  const kept = await world.database.prisma.idempotentAnswer.findMany()
  expect(kept).toHaveLength(2)
  // Neither the client's key nor the response is readable in the database.
  expect(JSON.stringify(kept)).not.toMatch(/"d"|history|2026-000001/)
})

test('a key can be reused after a day, and not before', async () => {
  const submitted = await openWithRequest()
  const { world, key, path } = submitted
  const call = () => key.post(`${path}/notes`, { text: 'Звонили.' }, under('e'))
  await call()
  world.clock.forward(day - 60_000)
  expect(await call()).toMatchObject({ body: { revision: 1 } })
  expect(await notes(submitted)).toBe(1)
  world.clock.forward(60_000)
  expect((await call()).status).toBe(200)
  expect(await notes(submitted)).toBe(2)
})

test('an error is not stored: once its cause is gone, the same call succeeds', async () => {
  const { world, key, path } = await openWithRequest()
  const call = () => key.post(`${path}/pass-on`, { reason: 'Отпуск' }, under('f'))
  expect(await call()).toMatchObject(problem('nobody-else', 409))
  await world.staff('Вера', ['leninsky'])
  expect(await call()).toMatchObject({ status: 200, body: { assignee: { name: 'Вера' } } })
  expect(shown(await call()).history.filter(({ kind }) => kind === 'passed-on')).toHaveLength(1)
})

describe.runIf(inject('database') === 'postgres')('two instances on one database', () => {
  const stops: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  })

  /** A second instance with connections of its own, and the same client at each. */
  const openTwo = async () => {
    const submitted = await openWithRequest()
    const { world, key } = submitted
    const log = createLog('silent')
    const [row] = await world.database.prisma.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`
    const database = await openDatabase({ kind: 'postgres', url: databaseUrl(row?.name ?? '') }, log)
    stops.push(database.close)
    const second = await startApp(world.config, {
      clock: world.clock,
      log,
      database,
      transport: inProcess(world.telegram),
    })
    stops.push(second.stop)
    const there = clientOf(() => second.url, key.token, key.keyId)
    return { submitted, here: key, there }
  }

  test('the second waits for the first and gives the same response', async () => {
    const { submitted, here, there } = await openTwo()
    const { world, path } = submitted
    const held = await holdRequest(world.database, path)
    const both = [here, there].map((client) => client.post(`${path}/notes`, { text: 'Звонили.' }, under('g')))
    await expect.poll(() => waitingForLocks(world.database), soon).toBe(2)
    await held.release()
    const [one, two] = await Promise.all(both)
    expect(one?.status).toBe(200)
    expect(two?.body).toEqual(one?.body)
    expect(await notes(submitted)).toBe(1)
  })

  test('the second stops waiting with `idempotency-in-flight` and can be retried', async () => {
    const { submitted, here, there } = await openTwo()
    const { world, path } = submitted
    const held = await holdRequest(world.database, path)
    const first = here.post(`${path}/notes`, { text: 'Звонили.' }, under('h'))
    await expect.poll(() => waitingForLocks(world.database), soon).toBe(1)
    const again = () => there.post(`${path}/notes`, { text: 'Звонили.' }, under('h'))
    expect(await again()).toMatchObject(problem('idempotency-in-flight', 409))
    await held.release()
    expect((await first).status).toBe(200)
    expect((await again()).body).toEqual((await first).body)
    expect(await notes(submitted)).toBe(1)
  })
})
