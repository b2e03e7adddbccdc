import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, inject, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { createJobs } from '#queue/boss.ts'
import { openDatabase } from '#storage/open.ts'
import type { DatabaseOptions } from '#storage/database.ts'
import { openTestDatabase } from '#test/support/database.ts'
import { storedAs } from '#test/support/accounts.ts'
import { missHeartbeatsSoon } from '#test/support/dead-jobs.ts'
import { compileCache } from '#test/support/product-process.ts'

const script = new URL('writer.ts', import.meta.url).pathname
const log = createLog('warn')

/** Database options that a separate process can use: a directory or a server, not memory. */
const place = async (): Promise<{ options: DatabaseOptions; dispose: () => Promise<void> }> => {
  if (inject('database') === 'postgres') return openTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'ryadom-kill-'))
  const options = { kind: 'embedded' as const, dir: join(folder, 'database') }
  return { options, dispose: () => rm(folder, { recursive: true }) }
}

/** Collects the writer's output until it is killed; `until` decides when. */
const killed = async (
  writer: ChildProcess,
  until: (line: string, count: number) => boolean,
): Promise<string[]> => {
  if (!writer.stdout) throw new Error('the writer has no voice')
  const said: string[] = []
  const gone = once(writer, 'exit')
  for await (const line of createInterface({ input: writer.stdout })) {
    said.push(line)
    if (until(line, said.length)) writer.kill('SIGKILL')
  }
  await gone
  return said
}

test('kill -9 loses no acknowledged commit, and the running job is run again', async () => {
  const { options, dispose } = await place()
  const run = (jobId: string) =>
    spawn(process.execPath, [script, JSON.stringify(options), jobId], {
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  const personId = randomUUID()
  const committed: string[] = []
  for (const killAfter of [20, 75, 140]) {
    const said = await killed(run(personId), (_line, count) => count >= killAfter)
    committed.push(...said.filter((line) => line.startsWith('telegram:')))
  }
  expect(committed.length).toBeGreaterThan(200)

  const database = await openDatabase(options, log)
  const kept = await database.prisma.person.findMany({ where: { account: { in: committed.map(storedAs) } } })
  expect(kept).toHaveLength(committed.length)

  const undone: (() => unknown)[] = []
  const dead = await missHeartbeatsSoon(database, (undo) => void undone.push(() => undo(false)))
  await dead.allMissed()
  for (const undo of undone) await undo()
  const jobs = createJobs(database, log)
  await jobs.start()
  const again = Promise.withResolvers<number>()
  jobs.work('draw-screen', async (payload, { attempt }) => {
    if (payload.personId === personId && attempt > 1) again.resolve(attempt)
  })
  expect(await again.promise).toBeGreaterThan(1)
  await jobs.stop()
  await database.close()
  await dispose()
}, 120_000)
