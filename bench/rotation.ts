import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createLog } from '#core/log.ts'
import { newId } from '#core/ids.ts'
import { sealersOf } from '#storage/keys/subject-keys.ts'
import { openDatabase } from '#storage/open.ts'
import { dataKeys, sealer as earlier } from './accounts.ts'
import { fillDesks } from './console-rows.ts'
import { openLoop } from './driver/load.ts'
import { openToFill } from './open-to-fill.ts'
import { readOptions } from './options.ts'
import { measure, start } from './rounds.ts'
import { openStores } from './stores.ts'
import { atMost, page } from './verdicts.ts'

// What families notice of `ryadom keys rotate`: keys of people and values of another key of DATA_KEYS, under load.
// npm run bench:rotation -- [--seconds 10] [--scale 1] [--postgres …] [--redis …]

/** Of a region's centre: families with keys of their own, and specialists with forty requests each. */
const sizes = { families: 40_000, specialists: 100 }
/** `rewrapSeconds`: the issue says «in seconds», beside people who are answered. `ratio`: p99 at half of own maximum, while it runs and before. */
const limits = { rewrapSeconds: 30, ratio: 2 }

const options = readOptions(process.argv.slice(2))
const first = { id: 'later', key: randomBytes(32) }
const keys = `${first.id}:${first.key.toString('base64')},${dataKeys}`

const fill = async (url: string): Promise<void> => {
  await (await openToFill(url)).end()
  const database = await openDatabase({ kind: 'postgres', url }, createLog('warn'))
  const specialists = Math.ceil(sizes.specialists * options.scale)
  await fillDesks(database, earlier, { territories: ['leninsky'], specialists, now: new Date() })
  for (let made = 0; made < sizes.families * options.scale; made += 1_000) {
    const ids = Array.from({ length: 1_000 }, () => newId())
    await database.transaction((tx) => sealersOf(tx, earlier, { kind: 'family', ids }))
  }
  await database.close()
}

type Rotated = { lines: string[]; rewrapSeconds: number; seconds: number }

/** The command itself, in a process of its own beside the running bot. */
const rotate = async (url: string): Promise<Rotated> => {
  const begin = performance.now()
  const cli = join(import.meta.dirname, '../src/cli/main.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, 'keys', 'rotate'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, DATABASE_URL: url, DATA_KEYS: keys },
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`keys rotate ended with ${code}: ${output}`)
  const lines = output.trim().split('\n')
  const [, rewrapSeconds = 'NaN'] = /^Keys of people.* in ([\d.]+) s$/m.exec(output) ?? []
  return { lines, rewrapSeconds: Number(rewrapSeconds), seconds: (performance.now() - begin) / 1000 }
}

const stores = await openStores(options.postgres, options.redis)
try {
  const postgres = await stores.newDatabase('rotation')
  await fill(postgres)
  const ours = await start('ours', options, stores, { postgres, keys })
  try {
    const { updatesPerSecond, p99: before } = await measure(ours, options.seconds)
    let running = true
    const rotating = rotate(postgres).finally(() => {
      running = false
    })
    const latest: number[] = []
    while (running) latest.push((await openLoop(ours.crowd, ours.people, updatesPerSecond / 2, 2)).p99)
    const { lines, rewrapSeconds, seconds } = await rotating
    const p99 = latest.toSorted((a, b) => a - b)[Math.floor(latest.length / 2)] ?? Number.NaN
    process.stdout.write(`${lines.filter((line) => !line.includes(': 0')).join('\n')}\n`)
    process.stdout.write(
      `rotated in ${seconds.toFixed(1)} s beside ${(updatesPerSecond / 2).toFixed(0)} updates/s; p99 of two seconds: ${before.toFixed(0)} ms before, ${p99.toFixed(0)} ms meanwhile\n`,
    )
    const verdicts = [
      atMost('keys of people wrapped anew', rewrapSeconds, {
        ...{ limit: limits.rewrapSeconds, unit: 's', digits: 1 },
      }),
      atMost('p99 while it runs / before', p99 / before, { limit: limits.ratio, unit: '×', digits: 2 }),
    ]
    process.stdout.write(`${page(verdicts)}\n`)
    if (verdicts.some(({ held }) => !held)) process.exitCode = 1
  } finally {
    await ours.stop()
  }
} finally {
  await stores.release()
}
