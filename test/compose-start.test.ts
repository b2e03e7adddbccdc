import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { createSandbox } from '#sandbox/server.ts'
import { createTelegram } from '#sandbox/telegram/telegram.ts'
import { parseCompose } from './support/compose.ts'
import { type Confined, canConfine, confine } from './support/container.ts'
import { parseDockerfile } from './support/dockerfile.ts'
import { freePort } from './support/free-port.ts'
import { main } from './support/product-process.ts'

// Images cannot be had everywhere. This machine's PostgreSQL, Redis and Node act as theirs, and do with the command lines,
// environments, users, mounts and limits of compose.yaml what `docker compose up` would do. Only addresses are others.
const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const passwords = {
  POSTGRES_PASSWORD: 'theAdministrators',
  POSTGRES_MIGRATE_PASSWORD: 'theOwners',
  POSTGRES_APP_PASSWORD: 'theApps',
  REDIS_PASSWORD: 'theScreens',
}
const services = parseCompose(read('compose.yaml'), passwords)
const image = parseDockerfile(read('Dockerfile')).at(-1)
const bin = dirname(globSync('/usr/lib/postgresql/*/bin/initdb').sort().at(-1) ?? '')
/** The image makes its own bundle (test/image.test.ts); here `npm test` has made one. */
const bundled = (part: string): string => (part === 'dist/main.js' ? relative(root, main) : part)
const missing = bin === '' || bin === '.' || globSync('/usr/bin/redis-server').length === 0

/** What the entrypoint of PostgreSQL's image does with an empty volume; other containers always need a password. */
const initialise = `
printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
initdb --username="$POSTGRES_USER" --pwfile=/tmp/password --auth-host=scram-sha-256 --no-sync > /dev/null
exec postgres -c listen_addresses='' -c fsync=off`

describe.skipIf(missing)('what compose.yaml starts', () => {
  const undo: (() => Promise<unknown>)[] = []
  let data: string
  let ports: { postgres: number; redis: number; app: number }
  let telegram: { token: string; apiRoot: string }

  /** A service of compose.yaml, at the addresses of this machine. */
  const started = (
    name: keyof typeof services,
    command: string[],
    more: {
      env?: Record<string, string>
      cwd?: string
      volumes?: Parameters<typeof confine>[1]['volumes']
    } = {},
  ): Confined => {
    const service = services[name]
    if (!service) throw new Error(`no service ${name}`)
    expect(service).toMatchObject({
      readOnly: true,
      capDrop: ['ALL'],
      securityOpt: ['no-new-privileges:true'],
    })
    const here = (text: string) =>
      text
        .replace('@postgres:5432/', `@127.0.0.1:${ports.postgres}/`)
        .replace('@redis:6379', `@127.0.0.1:${ports.redis}`)
        .replace(/^postgres$/, '127.0.0.1')
        .replace(/^3000$/, String(ports.app))
    const environment = Object.entries(service.environment).map(([key, text]) => [key, here(text)])
    const process_ = confine(command, {
      // The image of the app has a user `node` instead.
      user: service.user ?? 'nobody',
      env: {
        LANG: 'C.UTF-8',
        PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`,
        PGPORT: String(ports.postgres),
        ...more.env,
        ...Object.fromEntries(environment),
      },
      tmpfs: service.tmpfs,
      volumes: more.volumes ?? [],
      ...(more.cwd !== undefined && { cwd: more.cwd }),
    })
    undo.push(async () => {
      process_.kill('SIGKILL')
      await process_.ended
    })
    return process_
  }

  const healthy = async (name: keyof typeof services, one: Confined) => {
    // psql's programs find their port in PGPORT.
    const check = (services[name]?.healthcheck ?? []).flatMap((word) =>
      word === 'redis-cli' ? [word, '-p', String(ports.redis)] : [word],
    )
    await passes(one, check)
  }

  const postgres = (...command: string[]) =>
    started('postgres', command, {
      env: { PGDATA: '/var/lib/postgresql/data' },
      volumes: [{ to: '/var/lib/postgresql/data', from: data, writable: true }],
    })

  const redis = () =>
    started('redis', [...(services.redis?.command ?? []), '--port', String(ports.redis)], { cwd: '/data' })

  const users = () => {
    const { entrypoint = [], command = [], volumes = [] } = services.users ?? {}
    const [from = '', to = ''] = volumes[0]?.split(':') ?? []
    return started('users', [...entrypoint, ...command], { volumes: [{ from: join(root, from), to }] })
  }

  const app = (name: 'setup' | 'app', command: string[]) =>
    started(name, command.map(bundled), {
      cwd: '/app',
      volumes: [{ from: root, to: '/app' }],
      env: {
        ...image?.env,
        PATH: `/app/node_modules/node/bin:${bin}:/usr/bin:/bin`,
        // As .env would say.
        ...(name === 'app' && {
          TELEGRAM_BOT_TOKEN: telegram.token,
          TELEGRAM_API_ROOT: telegram.apiRoot,
          APP: '/app',
          DATA_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
          ORGANISATION_NAME: 'Centre',
          ORGANISATION_ADDRESS: 'Street, 1',
          ORGANISATION_CONTACT: '+7 8652 00-00-00',
        }),
      },
    })

  /** SQL as one of the users, over the network. */
  const sql = (user: string, password: string, text: string) =>
    promisify(execFile)(join(bin, 'psql'), ['-qXAt', '-v', 'ON_ERROR_STOP=1', '-c', text], {
      env: {
        PGHOST: '127.0.0.1',
        PGPORT: String(ports.postgres),
        PGUSER: user,
        PGPASSWORD: password,
        PGDATABASE: 'ryadom',
      },
    }).then(
      ({ stdout }) => stdout.trim(),
      ({ stderr }: { stderr: string }) => stderr,
    )

  beforeAll(async () => {
    data = await mkdtemp(join(globSync('/dev/shm').length > 0 ? '/dev/shm' : tmpdir(), 'ryadom-compose-'))
    undo.push(() => rm(data, { recursive: true, force: true }))
    if (userInfo().uid === 0) {
      const { stdout } = await promisify(execFile)('id', ['-u', 'postgres'])
      await chown(data, Number(stdout), -1)
    }
    await chmod(data, 0o700)
    ports = { postgres: await freePort(), redis: await freePort(), app: await freePort() }
    const emulated = createTelegram({ token: '1000001:compose', clock: systemClock })
    const api = createSandbox({ telegram: emulated, host: '127.0.0.1', port: 0, log: createLog('silent') })
    await api.start()
    undo.push(api.stop)
    telegram = { token: emulated.token, apiRoot: api.apiRoot }
  })

  afterAll(async () => {
    for (const step of undo.reverse()) await step()
  })

  test('PostgreSQL initialises its volume, and is healthy only when others can reach it', async () => {
    const first = postgres('sh', '-euc', initialise)
    const local = ['pg_isready', '-U', 'ryadom', '-d', 'ryadom']
    await passes(first, local)
    // `users` would start now, fail, and not be tried again.
    expect((await first.within(services.postgres?.healthcheck ?? [])).code).not.toBe(0)
    const created = ['psql', '-qX', '-U', 'ryadom', '-d', 'postgres', '-c', 'CREATE DATABASE ryadom']
    expect((await first.within(created)).output).toBe('')
    first.kill('SIGINT')
    expect((await first.ended).code).toBe(0)

    const server = postgres('postgres', '-c', 'listen_addresses=*')
    await healthy('postgres', server)
    expect(await sql('ryadom', 'another', 'SELECT 1')).toContain('password authentication failed')
    if (canConfine) {
      expect((await server.within(['touch', '/var/lib/anything'])).output).toContain('Read-only file system')
      expect((await server.within(['cat', '/proc/self/status'])).output).toMatch(/CapEff:\t0+\n/)
    }
  })

  test('Redis wants its password and keeps nothing', async () => {
    const one = redis()
    await healthy('redis', one)
    const cli = (...words: string[]) =>
      one
        .within(['redis-cli', '-p', String(ports.redis), '--raw', ...words])
        .then(({ output }) => output.trim())
    expect(await cli('CONFIG', 'GET', 'save')).toBe('save')
    expect(await cli('CONFIG', 'GET', 'appendonly')).toBe('appendonly\nno')
    expect(await cli('CONFIG', 'GET', 'maxmemory')).toBe(`maxmemory\n${256 * 1024 * 1024}`)
    expect(await cli('CONFIG', 'GET', 'maxmemory-policy')).toBe('maxmemory-policy\nvolatile-ttl')
    expect(await cli('-a', 'another', 'PING')).toMatch(/WRONGPASS|NOAUTH/)
    expect(await cli('SET', 'screen', 'sealed')).toBe('OK')
  })

  test('users and setup succeed, also a second time, and each has what is its own', async () => {
    for (const time of ['first', 'second']) {
      const made = await users().ended
      expect(made.code, made.output).toBe(0)
      const setUp = await app('setup', services.setup?.command ?? []).ended
      expect(setUp.output, time).toContain('ryadom_migrate owns it, and ryadom_app has the rights of the app')
      expect(setUp.code, time).toBe(0)
    }
    const owner = `SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname IN ('public', 'pgboss')`
    expect(await sql('ryadom_app', passwords.POSTGRES_APP_PASSWORD, owner)).toBe('ryadom_migrate')
    expect(await sql('ryadom_app', passwords.POSTGRES_APP_PASSWORD, 'TRUNCATE consents')).toContain(
      'permission denied',
    )
    expect(await sql('ryadom_app', passwords.POSTGRES_MIGRATE_PASSWORD, 'SELECT 1')).toContain('failed')
  })

  test('the app is healthy as a user that owns nothing, and stops in time', async () => {
    const bot = app('app', image?.command ?? [])
    await passes(bot, image?.healthcheck ?? [])
    expect(services.app?.environment).toMatchObject({ HOST: '0.0.0.0', PORT: '3000' })
    expect(bot.output()).not.toContain('database.user-is-owner')
    expect(bot.output()).not.toContain('redis.away')
    const doctor = await bot.within(['sh', '-c', 'cd "$APP" && node src/cli/main.ts doctor'])
    expect([...doctor.output.matchAll(/\[([\w.-]+)\]$/gm)].map(([, code]) => code)).toEqual([
      'retention.closed-cases',
      'staff.no-intake',
      'staff.no-supervisor',
      'staff.no-curator',
      'words.none',
    ])
    expect(doctor.code).toBe(1)
    bot.kill('SIGTERM')
    const { code, output } = await bot.ended
    expect({ code, stopped: output.includes('app.stopped') }, output).toEqual({ code: 0, stopped: true })
  })
})

/** Asks as Docker does, until the check passes. */
const passes = async (one: Confined, check: string[]): Promise<void> => {
  while (!one.over() && (await one.within(check)).code !== 0) await pause(200)
  expect(one.over(), one.output()).toBe(false)
}
