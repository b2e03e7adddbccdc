import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { examineCalendar, examineDisk, examineRedis } from '#control/doctor/examine-surroundings.ts'
import { examineTelegram } from '#control/doctor/examine-telegram.ts'
import type { Finding } from '#control/doctor/findings.ts'
import { type RegionCode, region } from '#regions/index.ts'
import { readConfig } from '#src/config.ts'
import { canConfine, confine } from '../support/container.ts'
import { listen } from '../support/fake-servers.ts'
import { freePort } from '../support/free-port.ts'
import { secret } from '../support/start-config.ts'

const bot = {
  TELEGRAM_BOT_TOKEN: `1000001:${secret}`,
  DATA_KEYS: `2026:${Buffer.alloc(32, 7).toString('base64')}`,
  ORGANISATION_NAME: 'Центр',
  ORGANISATION_ADDRESS: 'г. Ставрополь',
  ORGANISATION_CONTACT: '8-8652-00-00-00',
}
const webhook = { PUBLIC_URL: 'https://bot.example.org', TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-the-tests' }
const ours = 'https://bot.example.org/telegram/webhook'
const codesOf = (findings: readonly Finding[] | null) => findings?.map(({ code }) => code) ?? null

/** What is found where Telegram says this of the webhook, by a clock that is so much ahead of ours. */
const examined = async (info: object | null, { more = {}, aheadMs = 0 } = {}) => {
  const server = createServer((request, response) => {
    response.setHeader('date', new Date(Date.now() + aheadMs).toUTCString())
    const result = request.url?.endsWith('/getMe') ? { id: 1 } : info
    response.end(info === null ? '<html>' : JSON.stringify({ ok: true, result }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const config = readConfig({ ...bot, ...more, TELEGRAM_API_ROOT: `http://127.0.0.1:${port}` })
  if (config.mode === 'sandbox') throw new Error('no bot')
  const { telegram, clock } = await examineTelegram(config, () => new Date())
  expect(JSON.stringify(telegram)).not.toContain(secret)
  return { telegram, clock, codes: codesOf(telegram) }
}

describe('what Telegram sees', () => {
  const now = () => Math.floor(Date.now() / 1000)

  test('is as it should be', async () => {
    expect((await examined({ url: '', pending_update_count: 0 })).codes).toEqual([])
    const long = { url: ours, pending_update_count: 3, last_error_date: now() - 86_400 }
    expect((await examined(long, { more: webhook })).codes).toEqual([])
  })

  test('failing deliveries, in its own words', async () => {
    const info = {
      url: ours,
      pending_update_count: 7,
      last_error_date: now() - 120,
      last_error_message: 'SSL error {certificate verify failed}',
    }
    const { codes, telegram } = await examined(info, { more: webhook })
    expect(codes).toEqual(['telegram.webhook-failing'])
    expect(telegram[0]?.text).toMatch(
      /2 min ago \(«SSL error \{certificate verify failed\}»; 7 are waiting\): check the proxy/,
    )
  })

  test('many that wait, and an answer that is not Telegram’s', async () => {
    const waiting = { url: ours, pending_update_count: 500 }
    expect((await examined(waiting, { more: webhook })).codes).toEqual(['telegram.webhook-behind'])
    expect((await examined(null)).codes).toEqual(['telegram.not-understood'])
  })

  test('nobody there', async () => {
    const config = readConfig({ ...bot, TELEGRAM_API_ROOT: `http://127.0.0.1:${await freePort()}` })
    if (config.mode === 'sandbox') throw new Error('no bot')
    const { telegram, clock } = await examineTelegram(config, () => new Date())
    expect(telegram[0]).toMatchObject({
      code: 'telegram.unreachable',
      text: expect.stringMatching(/nothing listens there/),
    })
    expect(clock).toBe(null)
  })

  test('another time of day', async () => {
    const { clock } = await examined({ url: '', pending_update_count: 0 }, { aheadMs: -3_600_000 })
    expect(clock?.[0]).toMatchObject({ code: 'clock.off', severity: 'must' })
    expect(clock?.[0]?.text).toMatch(/is (3599|3600|3601) s off that of 127\.0\.0\.1.*timedatectl/)
  })
})

describe('Redis', () => {
  const examine = (url?: string) =>
    examineRedis(readConfig({ ...bot, ...(url !== undefined && { REDIS_URL: url }) })).then(codesOf)

  test('is absent, away, or wants a password', async () => {
    expect(await examine()).toEqual(['redis.absent'])
    expect(await examine(`redis://127.0.0.1:${await freePort()}`)).toEqual(['redis.away'])
    const port = await listen(
      (socket) => void socket.on('data', () => socket.write('-NOAUTH Authentication required.\r\n')),
    )
    expect(await examine(`redis://127.0.0.1:${port}`)).toEqual(['redis.password-missing'])
  })

  test.skipIf(globSync('/usr/bin/redis-server').length === 0)('writes to a disk, or does not', async () => {
    for (const [save, codes] of [
      ['3600 1', ['redis.persists']],
      ['', []],
    ] as const) {
      const port = await freePort()
      const server = spawn('redis-server', ['--port', `${port}`, '--save', save, '--dir', '/tmp'], {
        stdio: 'ignore',
      })
      onTestFinished(() => void server.kill('SIGKILL'))
      await expect.poll(() => examine(`redis://127.0.0.1:${port}`)).toEqual(codes)
    }
  })
})

describe('the disk of an embedded database', () => {
  const root = join(import.meta.dirname, '../..')
  const doctorIn = (dataDir: string, size: string) =>
    confine(['node', 'src/cli/main.ts', 'doctor'], {
      user: 'nobody',
      env: {
        PATH: '/app/node_modules/node/bin:/usr/bin:/bin',
        NODE_OPTIONS: '--no-warnings',
        DATA_DIR: dataDir,
      },
      cwd: '/app',
      volumes: [{ to: '/app', from: root }],
      tmpfs: [`/tmp:size=${size}`],
    }).ended

  test.runIf(canConfine)('is full, will be, or cannot be written to', async () => {
    const full = await doctorIn('/tmp/data', '100m')
    expect(full.code).toBe(1)
    expect(full.output).toMatch(
      /^✗ disk +\d+ MiB are left for \/tmp: make room, or move DATA_DIR \[disk\.full\]$/m,
    )
    const low = await doctorIn('/tmp/data', '1g')
    expect([low.code, low.output.match(/^! disk .*\[disk\.low\]$/m) !== null]).toEqual([0, true])
    const locked = await doctorIn('/app', '100m')
    expect(locked.output).toMatch(/^✗ disk .*cannot be written to by this user.*\[disk\.not-writable\]$/m)
  })

  test('is of no concern with a server', async () => {
    const config = readConfig({ ...bot, DATABASE_URL: 'postgresql://127.0.0.1/ryadom' })
    expect(await examineDisk(config)).toEqual([])
  })
})

test('the production calendar must have this year, and from November on the next one', () => {
  const years = (moment: string) =>
    examineCalendar(new Date(moment), region('stavropol')).map(
      ({ text }) => /decree for (\d+)/.exec(text)?.[1],
    )
  expect(years('2026-11-29T12:00:00Z')).toEqual([])
  expect(years('2027-10-31T20:59:00Z')).toEqual([])
  // Midnight in the region.
  expect(years('2027-10-31T21:00:00Z')).toEqual(['2028'])
  expect(years('2028-12-01T12:00:00Z')).toEqual(['2028', '2029'])
})

test('the days off of a region with a yearly act must have this year', () => {
  const codes = (moment: string, code: RegionCode) =>
    examineCalendar(new Date(moment), region(code)).map((one) => one.code)
  expect(codes('2026-11-29T12:00:00Z', 'crimea')).toEqual([])
  // Midnight in Simferopol.
  expect(codes('2026-12-31T20:59:00Z', 'crimea')).toEqual([])
  expect(codes('2026-12-31T21:00:00Z', 'crimea')).toEqual(['calendar.region-missing'])
  expect(codes('2027-06-01T12:00:00Z', 'stavropol')).toEqual([])
})
