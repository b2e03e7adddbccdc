import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseCommand } from '#src/cli/parse.ts'
import { runCli } from '#test/support/cli.ts'
import { compileCache, embeddedFlags, main } from '#test/support/product-process.ts'

let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ryadom-doctor-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const doctor = () => runCli(dir, ['doctor'])

test('the doctor leaves an empty folder empty', async () => {
  const { code, out } = await doctor()
  expect([code, await readdir(dir)]).toEqual([0, []])
  expect(out).toMatch(/^– database +not looked at: the app has not been started yet$/m)
  expect(out).toMatch(/^– telegram +not looked at: sandbox$/m)
}, 60_000)

test('an embedded database is looked at without the app, and through the app that has it', async () => {
  await runCli(dir, ['staff', 'list'])
  const alone = await doctor()
  expect(alone.code).toBe(1)
  expect(alone.out).toMatch(/^✗ staff +No intake specialist has joined/m)
  expect(existsSync(join(dir, 'keys'))).toBe(false)

  const app = spawn(process.execPath, [...embeddedFlags, main], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: compileCache,
      DATA_DIR: dir,
      PORT: '0',
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await new Promise<void>((resolve, reject) => {
      app.stdout.setEncoding('utf8').on('data', (text) => text.includes('app.started') && resolve())
      app.on('exit', () => reject(new Error('it ended')))
    })
    const through = await doctor()
    expect(through.out).toMatch(/^✓ database$/m)
    expect(through.out).toMatch(/^✓ data$/m)
    expect(through.out).toMatch(/^✓ migrations$/m)
    expect(through.out).not.toContain('staff.no-intake')
  } finally {
    app.kill('SIGTERM')
    await new Promise((resolve) => app.on('exit', resolve))
  }
}, 90_000)

test('its command line', () => {
  expect(parseCommand(['doctor'])).toEqual({ name: 'doctor-report', json: false })
  expect(parseCommand(['doctor', '--json'])).toEqual({ name: 'doctor-report', json: true })
  expect(() => parseCommand(['doctor', 'everything'])).toThrow(/Unknown command: doctor everything/)
  expect(() => parseCommand(['doctor', '--head', 'x'])).toThrow(/doctor does not accept --head/)
  expect(() => parseCommand(['staff', 'list', '--json'])).toThrow(/does not accept --json/)
})
