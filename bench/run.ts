import { runRounds } from './hot-path.ts'
import { type Options, readOptions, usage } from './options.ts'
import { aims, doubts, table } from './report.ts'
import { openStores, type Stores } from './stores.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

const bench = async (options: Options, stores: Stores) => {
  const { rows, durability } = await runRounds(options, stores, say)
  say(`\n${table(rows)}\n`)
  const verdict = aims(rows)
  if (verdict) say(verdict)
  if (durability) say(durability)
  for (const doubt of doubts(rows)) say(`! ${doubt}`)
}

const main = async () => {
  let options: Options
  try {
    options = readOptions(process.argv.slice(2))
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\n\n${usage}`)
    process.exitCode = 2
    return
  }
  process.once('SIGINT', () => process.exit(130))
  const stores = await openStores(options.postgres, options.redis)
  try {
    await bench(options, stores)
  } finally {
    await stores.release()
  }
}

await main()
