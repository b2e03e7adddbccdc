import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export type BotProcess = {
  port: number
  /** Current resident memory, MiB. */
  residentMiB(): number
  /** CPU time used so far, seconds. */
  cpuSeconds(): number
  /** The reason for its exit, if any: the exit code and the end of stderr. */
  gone(): string | undefined
  stop(): Promise<void>
}

export type BotCommand = {
  name: string
  /** Arguments of `node`. */
  args: (port: number) => string[]
  env: (port: number) => Record<string, string>
  /** A URL that returns 200 once the bot accepts updates. */
  readyPath: string
}

const readyWithinSeconds = 30
const ticksPerSecond = 100

/** Starts a bot in its own process and waits until it is ready. */
export const startBot = async (command: BotCommand): Promise<BotProcess> => {
  const port = await freePort()
  const child = spawn(process.execPath, command.args(port), {
    env: command.env(port),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints = (complaints + chunk).slice(-4000)
  })
  // No bot outlives the bench, however it ends.
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const stop = async () => {
    await stopChild(child)
    process.off('exit', kill)
  }
  try {
    await ready(child, `http://127.0.0.1:${port}${command.readyPath}`)
  } catch (error) {
    await stop()
    throw new Error(`${command.name} did not start: ${complaints}`, { cause: error })
  }
  const proc = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8')
  return {
    port,
    residentMiB: () => Number(/VmRSS:\s+(\d+)/.exec(proc('status'))?.[1]) / 1024,
    cpuSeconds: () => {
      // Fields 14 and 15 of /proc/<pid>/stat; the name before them may contain spaces.
      const fields = proc('stat').split(') ')[1]?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
    },
    gone: () => (child.exitCode === null ? undefined : `exited with ${child.exitCode}: ${complaints}`),
    stop,
  }
}

const ready = async (child: ChildProcess, url: string) => {
  const until = Date.now() + readyWithinSeconds * 1000
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`exited with ${child.exitCode}`)
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    )
    if (status === 200) return
    await pause(50)
  }
  throw new Error(`not ready within ${readyWithinSeconds} s`)
}

const stopChild = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await gone
  clearTimeout(late)
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
