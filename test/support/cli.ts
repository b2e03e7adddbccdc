import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { compileCache, embeddedFlags } from './product-process.ts'

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname

/** Runs `npm run ryadom` in a process of its own, on the embedded database in the folder: exit code and output. */
export const runCli = async (dir: string, words: readonly string[], more: Record<string, string> = {}) => {
  const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache, DATA_DIR: dir, ...more }
  const child = spawn(process.execPath, [...embeddedFlags, main, ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: child.exitCode, out, err }
}
