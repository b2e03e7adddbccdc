import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from './support/cli.ts'

// `npm start` as a newcomer runs it: the real processes, in a data folder of their own.
const root = join(import.meta.dirname, '..')
const mebibyte = 1024
let folder = ''
let running: Started | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ryadom-start-'))
})
afterEach(async () => {
  running?.child.kill('SIGTERM')
  await running?.ended
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('npm start', () => {
  test('prints one URL, keeps its data over a restart, and stays within its memory limit', async () => {
    const first = await ready(start())
    expect(first.output()).toMatch(/sandbox/)
    expect(existsSync(join(folder, 'keys'))).toBe(true)
    const people = await peopleOf(first.url)
    expect(people.length).toBeGreaterThanOrEqual(3)
    // The app has the database: it is asked, and looked at through it.
    const doctor = await runCli(folder, ['doctor'])
    for (const check of ['database', 'data', 'migrations'])
      expect(doctor.out).toMatch(new RegExp(`^✓ ${check}$`, 'm'))
    expect(doctor.out).not.toContain('staff.no-intake')
    // Only Linux has a file with it.
    const memory = residentOf(first.child)
    expect(memory).toBeLessThan(750 * mebibyte)
    first.child.kill('SIGTERM')
    expect(await first.ended, first.output().slice(-3_000)).toBe(0)

    const second = await ready(start())
    expect(await peopleOf(second.url)).toEqual(people)
    second.child.kill('SIGINT')
    expect(await second.ended).toBe(0)
  }, 240_000)

  test('an invalid variable is named and ends the start with an exit code', async () => {
    const refused = start({ REGION: 'nowhere' })
    expect(await refused.ended).toBe(1)
    expect(refused.output()).toContain('REGION is invalid')
  }, 60_000)
})

type Started = { child: ChildProcess; output: () => string; ended: Promise<number | null> }

const start = (more: Record<string, string> = {}): Started => {
  // Set to empty, so that neither the environment nor an .env file has an effect.
  const own = {
    TELEGRAM_BOT_TOKEN: '',
    DATABASE_URL: '',
    PUBLIC_URL: '',
    REDIS_URL: '',
    REGION: '',
    NODE_ENV: '',
  }
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    ...own,
    DATA_DIR: folder,
    HOST: '127.0.0.1',
    PORT: '0',
    ...more,
  }
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  running = { child, output: () => output, ended }
  return running
}

const ready = async (started: Started): Promise<Started & { url: string }> => {
  await expect.poll(started.output, { timeout: 60_000, interval: 50 }).toMatch(/http:\S+\s/)
  const url = /http:\S+/.exec(started.output())?.[0] ?? ''
  await expect.poll(async () => (await fetch(`${url}/health/ready`)).status, { timeout: 30_000 }).toBe(200)
  return { ...started, url }
}

const peopleOf = async (url: string): Promise<unknown[]> => {
  const state = (await (await fetch(`${url}/sandbox/state`)).json()) as { people: { id: string }[] }
  return state.people.map(({ id }) => id)
}

/** KiB used by the app, which is the only child of the script. */
const residentOf = ({ pid }: ChildProcess): number => {
  const children = `/proc/${pid}/task/${pid}/children`
  if (!existsSync(children)) return 0
  const [product = ''] = readFileSync(children, 'utf8').trim().split(' ')
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${product}/status`, 'utf8'))?.[1])
}
