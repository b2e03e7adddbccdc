// `npm run talk -- --as teenager`: speaks with the sandbox in a terminal. Without --url it starts a sandbox of its own,
// on a free port and with data that is deleted at the end.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { productMain } from './bundle.mjs'
import { runChild } from './child.mjs'
import { ensureInstalled, explain, root, toolEnv } from './install.mjs'

const flags = ['--disable-warning=ExperimentalWarning']
const compileCache = process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules/.cache/node')
const given = process.argv.slice(2)

/** Nothing of the operator's settings: a token would start the real bot. */
const own = {
  TELEGRAM_BOT_TOKEN: '',
  DATABASE_URL: '',
  REDIS_URL: '',
  PUBLIC_URL: '',
  NODE_ENV: '',
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'warn',
}

const openSandbox = async (node) => {
  const dir = await mkdtemp(join(tmpdir(), 'ryadom-talk-'))
  const env = { ...toolEnv(), NODE_COMPILE_CACHE: compileCache, ...own, DATA_DIR: dir }
  const app = spawn(node, [...flags, '--liftoff-only', productMain()], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(app, 'exit')
  const stop = async () => {
    app.kill('SIGTERM')
    await exited
    await rm(dir, { recursive: true, force: true })
  }
  const address = Promise.withResolvers?.() ?? withResolvers()
  createInterface(app.stdout).on('line', (line) => {
    const found = /^\s*(http:\/\/\S+)$/.exec(line)
    if (found) address.resolve(found[1])
  })
  exited.then(() => address.reject(new Error('the sandbox did not start')))
  // Also when it ends before the talk does, as intended.
  address.promise.catch(() => undefined)
  try {
    return { url: await address.promise, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Node 20 lacks it. */
const withResolvers = () => {
  const made = {}
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }))
  return made
}

const talk = async (node) => {
  const named = given.some((one) => one === '--url' || one.startsWith('--url='))
  const asked = given.includes('--help') || given.includes('-h')
  const sandbox = named || asked ? null : await openSandbox(node)
  const args = [...flags, 'src/sandbox/talk/main.ts', ...given, ...(sandbox ? ['--url', sandbox.url] : [])]
  try {
    return await runChild(node, { args, env: { NODE_COMPILE_CACHE: compileCache } })
  } finally {
    await sandbox?.stop()
  }
}

await ensureInstalled()
  .then(talk)
  .then((code) => process.exit(code), explain)
