import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { before } from './before.ts'
import { atMost, type Verdict } from './verdicts.ts'

const root = join(import.meta.dirname, '..')
const limits = { firstSeconds: 6, againSeconds: 2, peakMiB: 550 }
/** How long the sandbox goes on with what it plays after it is ready. */
const playSeconds = 15

/** What a start would do if it had not been: after other sources or migrations its seconds would be those of this. */
const install = async (): Promise<void> => {
  const child = spawn(process.execPath, [join(root, 'scripts/install.mjs')], { stdio: 'ignore' })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error('the installation failed')
}

/** `npm start` with nothing set: the embedded database in an empty folder, then again in the same one. */
export const measureStarts = async (again: number): Promise<Verdict[]> => {
  await install()
  const folder = await mkdtemp(join(tmpdir(), 'ryadom-bench-'))
  try {
    // The first start after an installation compiles everything: it has no cache of an earlier one.
    const cache = join(folder, 'compiled')
    const first = await startOnce({ folder: join(folder, 'data'), cache, stayMs: playSeconds * 1000 })
    const later = []
    for (let nth = 0; nth < again; nth += 1)
      later.push(await startOnce({ folder: join(folder, 'data'), cache, stayMs: 1000 }))
    const median = later.map(({ seconds }) => seconds).toSorted((a, b) => a - b)[Math.floor(again / 2)]
    const peak = Math.max(first.peakMiB, ...later.map(({ peakMiB }) => peakMiB))
    return [
      atMost('embedded: memory at its peak', peak, { limit: limits.peakMiB, unit: 'MiB' }),
      atMost('the first start, until the page answers', first.seconds, {
        limit: limits.firstSeconds,
        unit: 's',
        digits: 1,
        before: before.firstStartSeconds,
      }),
      atMost('a later start, the same', median ?? Number.NaN, {
        limit: limits.againSeconds,
        unit: 's',
        digits: 1,
      }),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Start = { folder: string; cache: string; stayMs: number }

const startOnce = async ({ folder, cache, stayMs }: Start): Promise<{ seconds: number; peakMiB: number }> => {
  const begin = performance.now()
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    env: {
      PATH: process.env.PATH,
      DATA_DIR: folder,
      NODE_COMPILE_CACHE: cache,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const kill = () => child.kill('SIGTERM')
  process.once('exit', kill)
  try {
    await answers(await addressOf(child, ended))
    const seconds = (performance.now() - begin) / 1000
    await pause(stayMs)
    return { seconds, peakMiB: await peakOf(child) }
  } finally {
    kill()
    await ended
    process.off('exit', kill)
  }
}

const addressOf = (child: ChildProcess, ended: Promise<void>): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const [address] = /http:\S+(?=\s)/.exec(output) ?? []
      if (address) resolve(address)
    })
    void ended.then(() => reject(new Error('npm start ended before it was ready')))
  })

const answers = async (address: string): Promise<void> => {
  for (;;) {
    const status = await fetch(address).then(
      (response) => response.status,
      () => 0,
    )
    if (status === 200) return
    await pause(10)
  }
}

/** The product itself is the only child of the script. */
const peakOf = async ({ pid }: ChildProcess): Promise<number> => {
  const [product = ''] = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')
  return Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${product}/status`, 'utf8'))?.[1]) / 1024
}
