// Detects the optional services that tests use; never starts them.
import { statSync } from 'node:fs'
import { connect } from 'node:net'

// The shell draws the same pages without a desktop browser around them, which costs as much again as the pages.
const browsers = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/**
 * @typedef {{ name: string, variable: string, value?: string, why?: string, loses: string }} Service
 * `value` if it was found, otherwise the reason in `why`; `loses` names the tests that need it.
 */

/** @returns {Promise<{ postgres: Service, redis: Service, chromium: Service }>} */
export const findServices = async (env) => {
  const [postgres, redis] = await Promise.all([
    findServer({
      name: 'PostgreSQL',
      variable: 'TEST_DATABASE_URL',
      url: env.TEST_DATABASE_URL || 'postgresql://postgres@127.0.0.1:5432/postgres',
      port: 5432,
      loses: 'tests on servers (project postgres), and the image test',
    }),
    findServer({
      name: 'Redis',
      variable: 'TEST_REDIS_URL',
      url: env.TEST_REDIS_URL || 'redis://127.0.0.1:6379/9',
      port: 6379,
      loses: 'tests on servers (project postgres)',
    }),
  ])
  return { postgres, redis, chromium: findChromium(env.CHROMIUM_PATH) }
}

const findServer = async ({ name, variable, url, port, loses }) => {
  const service = { name, variable, loses }
  if (!URL.canParse(url)) return { ...service, why: `${variable} is not a URL` }
  const address = new URL(url)
  const at = { host: address.hostname, port: Number(address.port || port) }
  const why = await refusal(at)
  return why
    ? { ...service, why: `nothing answers at ${at.host}:${at.port} (${why})` }
    : { ...service, value: url }
}

/** @returns {Promise<string | undefined>} why the connection failed; undefined if it succeeded */
const refusal = ({ host, port }) =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 })
    const end = (why) => {
      socket.destroy()
      resolve(why)
    }
    socket.on('connect', () => end(undefined))
    socket.on('timeout', () => end('no answer in 2 s'))
    socket.on('error', (error) => end(error.code))
  })

const findChromium = (given) => {
  const service = { name: 'Chromium', variable: 'CHROMIUM_PATH', loses: 'the browser tests (test/browser)' }
  const candidates = given ? [given] : browsers
  const value = candidates.find(isExecutable)
  return value ? { ...service, value } : { ...service, why: `not at ${candidates.join(', ')}` }
}

const isExecutable = (path) => ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o111) !== 0
