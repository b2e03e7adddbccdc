import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '#core/log.ts'
import type { Command } from '#control/command.ts'
import { CommandProblem } from '#control/commands.ts'
import { askRunningApp } from '#control/control-client.ts'
import { type Control, ControlTaken, createControl } from '#control/control-server.ts'
import { socketPath } from '#control/socket.ts'

const list: Command = { name: 'staff-list' }
const log = createLog('silent')
let dir: string
const open: Control[] = []

const control = (
  run: (command: Command) => Promise<string[]> = async ({ name }) => [`done: ${name}`],
  where = dir,
) => {
  const one = createControl({ dir: where, run, log })
  open.push(one)
  return one
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ryadom-control-'))
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
  await rm(dir, { recursive: true, force: true })
})

describe('the running app', () => {
  test('executes commands until it stops', async () => {
    expect(await askRunningApp(dir, list)).toBe('not-running')
    const app = control()
    await app.open()
    expect(await askRunningApp(dir, list)).toEqual({ ok: true, lines: ['done: staff-list'] })
    expect((await stat(socketPath(dir))).mode & 0o777).toBe(0o600)
    await app.close()
    expect(existsSync(socketPath(dir))).toBe(false)
    expect(await askRunningApp(dir, list)).toBe('not-running')
  })

  test('reports problems of the operator, but no internal errors', async () => {
    const reasons = [new CommandProblem('no such territory'), new Error('password=hush')]
    await control(() => Promise.reject(reasons.shift())).open()
    expect(await askRunningApp(dir, list)).toEqual({ ok: false, problem: 'no such territory' })
    expect(JSON.stringify(await askRunningApp(dir, list))).not.toContain('hush')
  })

  test('rejects unknown commands', async () => {
    const ran: Command[] = []
    await control(async (command) => [String(ran.push(command))]).open()
    expect(await askRunningApp(dir, { name: 'rm-rf' } as unknown as Command)).toMatchObject({ ok: false })
    expect(await post('not json')).toBe(400)
    expect(await post('x'.repeat(100_000))).toBe(413)
    expect(ran).toEqual([])
    expect(await askRunningApp(dir, list)).toMatchObject({ ok: true })
  })

  test('uses a shorter socket path if its own would be too long', async () => {
    const deep = join(dir, 'd'.repeat(120))
    await control(undefined, deep).open()
    expect(Buffer.byteLength(socketPath(deep))).toBeLessThan(100)
    expect(await askRunningApp(deep, list)).toMatchObject({ ok: true })
    expect(await askRunningApp(join(dir, 'e'.repeat(120)), list)).toBe('not-running')
    await rm(join(socketPath(deep), '..'), { recursive: true })
  })
})

describe('the lock', () => {
  test('admits one of several concurrent processes', async () => {
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(() => control().open()))
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(refused).toHaveLength(4)
    for (const reason of refused) expect(reason).toBeInstanceOf(ControlTaken)
    expect(await askRunningApp(dir, list)).toMatchObject({ ok: true })
    await expect(control().open()).rejects.toThrow(ControlTaken)
  })

  test('of a killed process is ignored', async () => {
    const code = `
      const { createControl } = await import(${JSON.stringify(new URL('../../src/control/control-server.ts', import.meta.url).href)})
      const log = { debug() {}, info() {}, warn() {}, error() {} }
      await createControl({ dir: ${JSON.stringify(dir)}, log, run: async () => [] }).open()
      console.log('open')`
    const owner = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(owner.stdout, 'data')
    await expect(control().open()).rejects.toThrow(ControlTaken)
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    expect(existsSync(socketPath(dir))).toBe(true)
    expect(await askRunningApp(dir, list)).toBe('not-running')
    await control().open()
    expect(await askRunningApp(dir, list)).toMatchObject({ ok: true })
  })
})

const post = (body: string): Promise<number | undefined> => {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  const headers = { 'content-type': 'application/json' }
  request({ socketPath: socketPath(dir), path: '/commands', method: 'POST', headers }, (answer) => {
    answer.resume()
    resolve(answer.statusCode)
  })
    .on('error', reject)
    .end(body)
  return promise
}
