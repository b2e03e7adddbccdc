import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { createSandbox } from '#sandbox/server.ts'
import { createTelegram } from '#sandbox/telegram/telegram.ts'
import { long } from './support/effort.ts'
import { parseDockerfile, readIgnore } from './support/dockerfile.ts'
import { freePort } from './support/free-port.ts'
import { type Built, buildImage } from './support/image.ts'
import { databaseUrl, serverUrl } from './support/postgres.ts'

// A Docker engine is rarely available: the steps of the image are executed in an empty folder instead.
const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const stages = parseDockerfile(read('Dockerfile'))
const last = stages.at(-1)

describe('the Dockerfile', () => {
  test('starts the app as an unprivileged user, with a health check and a stop signal', () => {
    // The very version that the tests run on.
    const { node } = JSON.parse(read('package.json')).devDependencies
    expect(node.startsWith(`${read('.nvmrc').trim()}.`)).toBe(true)
    expect(stages.map(({ base }) => base)).toEqual(stages.map(() => `node:${node}-slim`))
    expect(last).toMatchObject({
      user: 'node',
      stopSignal: 'SIGTERM',
      command: ['node', '--min-semi-space-size=8', 'dist/main.js'],
    })
    expect(last?.env).toMatchObject({ NODE_ENV: 'production' })
    expect(last?.healthcheck.join(' ')).toContain('/health/ready')
  })

  test('copies nothing from this folder by accident', () => {
    const ignored = readIgnore(read('.dockerignore'))
    expect(
      ['.env', '.git/config', '.data/keys', 'test/image.test.ts', 'src/generated/client.ts'].filter(ignored),
    ).toHaveLength(5)
    expect(
      ['src/main.ts', 'locales/ru/home.json', 'prisma/schema.prisma', 'package-lock.json'].filter(ignored),
    ).toEqual([])
  })
})

describe('the result of its steps', () => {
  const undo: (() => Promise<unknown>)[] = []
  let image: Built

  beforeAll(async () => {
    const into = await mkdtemp(join(tmpdir(), 'ryadom-image-'))
    undo.push(() => rm(into, { recursive: true, force: true }))
    const built = await buildImage(stages, {
      dir: root,
      ignored: readIgnore(read('.dockerignore')),
      into,
      // A minute of npm; `npm run test:long` installs them anew.
      linkPackages: !long,
    })
    image = built.at(-1) as Built
  }, 300_000)

  afterAll(async () => {
    for (const step of undo.reverse()) await step()
  })

  test('contains the runtime and no development tools', () => {
    const has = (path: string) => existsSync(join(image.cwd, path))
    const needed = [
      'dist/main.js',
      'src/cli/main.ts',
      'src/generated/client.ts',
      'locales/ru',
      'prisma/migrations',
      'node_modules/grammy',
    ]
    const tools = [
      'typescript',
      'vitest',
      'prisma',
      'node',
      '@biomejs',
      'knip',
      'playwright-core',
      'telegraf',
    ]
    expect(needed.filter((path) => !has(path))).toEqual([])
    expect([...tools.map((name) => `node_modules/${name}`), 'test', '.env', '.git'].filter(has)).toEqual([])
  })

  test('draws the pictures that families and supervisors are sent', async () => {
    const drawn = `import { toPng } from './src/core/png.ts'
      const png = await toPng('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><text y="8">Я</text></svg>')
      console.log(Buffer.from(png).toString('latin1', 1, 4))`
    const { code, output } = await execute(image, ['node', '--input-type=module', '--eval', drawn])
    expect({ code, output: output.trim() }).toEqual({ code: 0, output: 'PNG' })
  })

  test('does not start without a token, because the sandbox is not for production', async () => {
    const { code, output } = await execute(image, image.stage.command)
    expect(output).toContain('TELEGRAM_BOT_TOKEN')
    expect(code).toBe(1)
  })

  test('runs on PostgreSQL against Telegram, becomes ready, and stops on SIGTERM', async () => {
    const env = { ...(await surroundings(undo)), PORT: String(await freePort()) }
    const before = await execute(image, image.stage.healthcheck, env)
    expect(before.code).not.toBe(0)

    const app = start(image, image.stage.command, env)
    undo.push(async () => app.kill('SIGKILL'))
    const first = await Promise.race([passes(image, env, app), app.ended.then(({ output }) => output)])
    expect(first, 'the app has ended').toBe('ready')

    const stopped = performance.now()
    app.kill(image.stage.stopSignal as NodeJS.Signals)
    const { code, output } = await app.ended
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' })
    expect(performance.now() - stopped).toBeLessThan(10_000)
  }, 90_000)
})

/** Creates a database and an emulated Telegram, and the variables for them. */
const surroundings = async (undo: (() => Promise<unknown>)[]): Promise<Record<string, string>> => {
  const name = `ryadom_image_${randomBytes(6).toString('hex')}`
  const server = new pg.Client({ connectionString: serverUrl() })
  await server.connect()
  await server.query(`CREATE DATABASE ${name}`)
  undo.push(() => server.query(`DROP DATABASE ${name} WITH (FORCE)`).finally(() => server.end()))

  const token = '1000001:image'
  const telegram = createTelegram({ token, clock: systemClock })
  const api = createSandbox({ telegram, host: '127.0.0.1', port: 0, log: createLog('silent') })
  await api.start()
  undo.push(api.stop)
  return {
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: api.apiRoot,
    DATABASE_URL: databaseUrl(name),
    // Empty without Redis, which counts as absent.
    REDIS_URL: process.env.TEST_REDIS_URL ?? '',
    DATA_KEYS: `test:${randomBytes(32).toString('base64')}`,
    ORGANISATION_NAME: 'Centre',
    ORGANISATION_ADDRESS: 'Street, 1',
    ORGANISATION_CONTACT: '+7 8652 00-00-00',
  }
}

const start = ({ cwd, env }: Built, [file = '', ...args]: string[], more: Record<string, string> = {}) => {
  const child = spawn(file, args, { cwd, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  let over = false
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => {
      over = true
      resolve({ code, output })
    }),
  )
  return { kill: (signal: NodeJS.Signals) => child.kill(signal), ended, over: () => over }
}

type Started = ReturnType<typeof start>

const execute = (image: Built, command: string[], more?: Record<string, string>) =>
  start(image, command, more).ended

/** Polls the health check as Docker does, until it passes. */
const passes = async (image: Built, env: Record<string, string>, app: Started): Promise<'ready'> => {
  while (!app.over() && (await execute(image, image.stage.healthcheck, env)).code !== 0) await setTimeout(300)
  return 'ready'
}
