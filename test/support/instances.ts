import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Clock } from '#core/clock.ts'
import { freePort } from './free-port.ts'
import { compileCache, main } from './product-process.ts'

/** The product in a process of its own. */
export type Instance = {
  port: number
  /** Its log, line by line as it was written. */
  lines: readonly string[]
  /** Whether it has said this. */
  said(event: string): boolean
  alive(): boolean
  /** As the machine's failure would: `kill -9`. Resolves when it is gone. */
  kill(): Promise<void>
  /** As an orchestrator would: SIGTERM. Resolves with the exit code and how long it took, in milliseconds. */
  stop(): Promise<{ code: number | null; ms: number }>
}

export type Environment = Record<string, string>

/** A busy machine takes half a minute for what takes four seconds on a quiet one. */
const startMs = 75_000
export const setClock = new URL('set-clock.ts', import.meta.url).href

/** Lets a process of the product begin at the moment at which a clock stands. */
export const shiftOf = (clock: Clock): Environment => ({
  TEST_CLOCK_SHIFT_MS: String(clock.now().getTime() - Date.now()),
})

/** A clean environment: nothing of the test runner's reaches the product. */
const run = (env: Environment, script = main): ChildProcess => {
  const { PATH = '' } = process.env
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', `--import=${setClock}`, script], {
    env: { PATH, NODE_COMPILE_CACHE: compileCache, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Starts an instance and waits until it says that it has started. Throws with its last words when it does not. */
export const startInstance = async (
  env: Environment,
  lines: string[] = [],
  script = main,
): Promise<Instance> => {
  const port = await freePort()
  const child = run({ HOST: '127.0.0.1', PORT: String(port), ...env }, script)
  const exited = once(child, 'exit')
  const alive = () => child.exitCode === null && child.signalCode === null
  const started = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface(stream).on('line', (line) => {
      lines.push(line)
      if (line.includes('"app.started"')) started.resolve()
    })
  }
  const late = setTimeout(() => started.reject(new Error('it takes too long')), startMs)
  exited.then(() => started.reject(new Error('it ended at once')))
  try {
    await started.promise
  } catch (error) {
    child.kill('SIGKILL')
    throw new Error(`the instance did not start: ${lines.slice(-15).join('\n')}`, { cause: error })
  } finally {
    clearTimeout(late)
  }

  return {
    port,
    lines,
    said: (event) => lines.some((line) => line.includes(`"msg":"${event}"`)),
    alive,
    kill: async () => {
      if (alive()) child.kill('SIGKILL')
      await exited
    },
    stop: async () => {
      const begun = performance.now()
      child.kill('SIGTERM')
      const [code] = (await exited) as [number | null]
      // Which step did not come to its end.
      if (code !== 0) process.stderr.write(`${lines.slice(-15).join('\n')}\n`)
      return { code, ms: performance.now() - begun }
    },
  }
}

/** Starts the product where it should refuse to: its exit code, and what it wrote. */
export const startRefused = async (env: Environment): Promise<{ code: number | null; output: string }> => {
  const child = run(env)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  const late = setTimeout(() => child.kill('SIGKILL'), startMs)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(late)
  return { code, output }
}
