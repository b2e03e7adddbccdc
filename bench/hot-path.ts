import { setTimeout as pause } from 'node:timers/promises'
import { checkDurability } from './durability.ts'
import type { Options } from './options.ts'
import { inOrder, type Row, rowOf } from './report.ts'
import { measure, type Running, start } from './rounds.ts'
import type { Stores } from './stores.ts'

export type HotPath = { rows: Row[]; durability: string | undefined }

/** Runs all rounds of all contestants in turn, and reports each round to `say`. */
export const runRounds = async (
  options: Options,
  stores: Stores,
  say: (line: string) => void,
): Promise<HotPath> => {
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
    return { rows, durability: ours && (await checkDurability(ours)) }
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
