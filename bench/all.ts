import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { before } from './before.ts'
import { type HotPath, runRounds } from './hot-path.ts'
import { measureIdle } from './idle.ts'
import { type Contestant, readOptions } from './options.ts'
import { start } from './rounds.ts'
import { measureStarts } from './starts.ts'
import { openStores } from './stores.ts'
import { atMost, judged, page, type Verdict } from './verdicts.ts'

// Measures every aim of speed, memory and idle load; exits 1 if one is missed.
// node --disable-warning=ExperimentalWarning bench/all.ts [--quick] [--postgres …] [--redis …]

const say = (line: string) => process.stdout.write(`${line}\n`)

const limits = { conversations: 0.5, scenes: 1.2, p99Ms: 50, loadMiB: 350 }

/** A quick run makes each bench as small as is still meaningful. */
const others = (quick: boolean): Record<string, string[]> => ({
  card: ['--seconds', quick ? '4' : '20'],
  webhooks: quick ? ['--rounds', '1', '--events', '3000'] : [],
  list: quick ? ['--scale', '0.1', '--seconds', '1', '--rounds', '1'] : ['--seconds', '3'],
  family: quick ? ['--scale', '0.05', '--rounds', '6'] : ['--rounds', '20'],
  reminders: quick ? ['--scale', '0.1'] : ['--seconds', '8'],
  surveys: quick ? ['--scale', '0.2', '--rounds', '6'] : ['--rounds', '20'],
  terms: quick ? ['--scale', '0.2'] : [],
  board: quick ? ['--scale', '0.2'] : [],
  quarter: quick ? ['--scale', '0.25', '--rounds', '2'] : ['--rounds', '5'],
})

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    postgres: { type: 'string' },
    redis: { type: 'string' },
  },
})
const servers = [
  ...(values.postgres ? ['--postgres', values.postgres] : []),
  ...(values.redis ? ['--redis', values.redis] : []),
]

const idle = async (seconds: number): Promise<Verdict[]> => {
  const options = readOptions(servers)
  const stores = await openStores(options.postgres, options.redis)
  try {
    const ours = await start('ours', options, stores)
    try {
      return await measureIdle(ours, seconds)
    } finally {
      await ours.stop()
    }
  } finally {
    await stores.release()
  }
}

const hotPath = async (quick: boolean): Promise<Verdict[]> => {
  const only = ['--only', 'conversations,scenes,ours']
  const options = readOptions([
    ...servers,
    ...only,
    '--seconds',
    quick ? '4' : '5',
    '--rounds',
    quick ? '1' : '3',
  ])
  const stores = await openStores(options.postgres, options.redis)
  try {
    return verdictsOf(await runRounds(options, stores, say))
  } finally {
    await stores.release()
  }
}

const verdictsOf = ({ rows, durability = '✗ nothing was looked up' }: HotPath): Verdict[] => {
  const row = (name: Contestant) => rows.find((one) => one.name === name)
  const ours = row('ours')
  const ratio = (name: 'conversations' | 'scenes', title: string) => {
    const value = (ours?.microseconds ?? Number.NaN) / (row(name)?.microseconds ?? Number.NaN)
    return atMost(`hot path: processor time / ${title}`, value, {
      limit: limits[name],
      unit: '×',
      digits: 2,
      before: (before.microseconds.ours / before.microseconds[name]).toFixed(2),
    })
  }
  return [
    ratio('conversations', 'conversations + PostgreSQL'),
    ratio('scenes', 'scenes + Redis'),
    atMost('hot path: p99 at half of own maximum', ours?.p99 ?? Number.NaN, {
      limit: limits.p99Ms,
      unit: 'ms',
    }),
    atMost('memory under load', ours?.residentMiB ?? Number.NaN, {
      limit: limits.loadMiB,
      unit: 'MiB',
      before: before.loadMiB,
    }),
    judged('hot path', durability),
  ]
}

/** Runs another bench in a process of its own and collects its verdicts. */
const runOther = async (name: string, args: string[]): Promise<Verdict[]> => {
  const file = join(import.meta.dirname, `${name}.ts`)
  const own = name === 'webhooks' ? servers.slice(0, values.postgres ? 2 : 0) : servers
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args, ...own], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const lines = output.split('\n').filter((line) => /^[✓✗]/.test(line))
  const failed = code !== 0 || lines.length === 0
  return [
    ...lines.map((line) => judged(name, line)),
    ...(failed ? [judged(name, `✗ ended with ${code} before it could judge`)] : []),
  ]
}

/** A start reads the bundle, as after `npm start`: what is measured is what people run. */
const bundle = async (): Promise<void> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../scripts/bundle.mjs')], {
    stdio: 'inherit',
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`the bundle could not be made: ${code}`)
}

const main = async (quick: boolean): Promise<void> => {
  await bundle()
  const begin = performance.now()
  const verdicts: Verdict[] = []
  const part = async (name: string, work: Promise<Verdict[]>) => {
    const own = await work
    verdicts.push(...own)
    say(`\n${name}, after ${((performance.now() - begin) / 1000).toFixed(0)} s\n${page(own)}`)
  }
  await part('idle', idle(60))
  await part('starts', measureStarts(quick ? 3 : 5))
  await part('hot path', hotPath(quick))
  for (const [name, args] of Object.entries(others(quick))) await part(name, runOther(name, args))
  say(`\n${page(verdicts)}`)
  if (verdicts.some(({ held }) => !held)) process.exitCode = 1
}

process.once('SIGINT', () => process.exit(130))
await main(values.quick)
