import { setTimeout as pause } from 'node:timers/promises'
import { checkDurability } from './durability.ts'
import { type Options, readOptions, usage } from './options.ts'
import { aims, doubts, inOrder, rowOf, table } from './report.ts'
import { measure, type Running, start } from './rounds.ts'
import { openStores, type Stores } from './stores.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

const bench = async (options: Options, stores: Stores) => {
  const running: Running[] = []
  try {
    for (const name of inOrder(options.only)) {
      running.push(await start(name, options, stores))
    }
    for (let round = 1; round <= options.rounds; round++) {
      for (const one of running) {
        const { updatesPerSecond, p50, p99 } = await measured(one, options.seconds)
        say(
          `round ${round}  ${one.name.padEnd(14)} ${updatesPerSecond.toFixed(0).padStart(6)} updates/s  p50 ${p50.toFixed(1)}  p99 ${p99.toFixed(1)} ms`,
        )
      }
    }
    const rows = running.map(rowOf)
    const ours = running.find(({ name }) => name === 'ours')
    const durability = ours && (await checkDurability(ours))
    say(`\n${table(rows)}\n`)
    const verdict = aims(rows)
    if (verdict) say(verdict)
    if (durability) say(durability)
    for (const doubt of doubts(rows)) say(`! ${doubt}`)
  } finally {
    for (const one of running) await one.stop()
  }
}

/** If a bot has died, reports its exit reason instead of the refused connection. */
const measured = async (one: Running, seconds: number) => {
  try {
    return await measure(one, seconds)
  } catch (error) {
    await pause(200)
    const gone = one.bot.gone()
    throw gone ? new Error(`${one.name} ${gone}`, { cause: error }) : error
  }
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
