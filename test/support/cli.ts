import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { inject } from 'vitest'
import { openTestDatabase } from './database.ts'
import { withTest } from './ending.ts'
import { bundledScript, compileCache, embeddedFlags } from './product-process.ts'

// As one file, like the product: from its sources `compose-start` and `doctor-surroundings` run it.
const main = new URL('../../src/cli/main.ts', import.meta.url).pathname

/** Runs `npm run ryadom` in a process of its own, on the embedded database in the folder unless told otherwise: exit code and output. */
export const runCli = async (dir: string, words: readonly string[], more: Record<string, string> = {}) => {
  const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache, DATA_DIR: dir, ...more }
  const child = spawn(process.execPath, [...embeddedFlags, await bundledScript(main), ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: child.exitCode, out, err }
}

/** An installation of the test's own, on the project's kind of database: its folder, and its operator. */
export const openInstallation = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'ryadom-operator-'))
  const env: Record<string, string> = { DATA_DIR: dir }
  withTest(() => rm(dir, { recursive: true, force: true }))
  if (inject('database') === 'postgres') {
    const { appOptions, dispose } = await openTestDatabase()
    withTest(dispose)
    if (appOptions.kind !== 'postgres') throw new Error('no server')
    env.DATABASE_URL = appOptions.url
    env.DATA_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`
  }
  return { dir, env, ryadom: (...words: string[]) => runCli(dir, words, env) }
}
