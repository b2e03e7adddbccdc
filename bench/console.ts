import { setTimeout as pause } from 'node:timers/promises'
import { consoleRoutes } from '../test/support/console-routes.ts'
import { openConsoleCentre, sessionsOf } from './console-centre.ts'
import { openConsoles, readPages, type Times } from './console-people.ts'
import { readOptions } from './options.ts'
import { openStores } from './stores.ts'

// Each page of the console with 100,000 families and 30 people working, beside a bare fastify + Prisma page of the same rows;
// then 200 consoles that are open while nobody does anything.
// node --disable-warning=ExperimentalWarning bench/console.ts [--seconds 20] [--scale 1] [--postgres …] [--redis …]

const { postgres, redis, seconds, scale } = readOptions(process.argv.slice(2))
const families = Math.round(100_000 * scale)
/** One family in ten is helped today, by 250 curators with forty each, of whom these are at their desks. */
const activeShare = 0.1
const working = { curator: 20, intake: 6, supervisor: 4 } as const
const consoles = 200
const aims = { p95Ms: 100, bytes: 60_000, memoryMiB: 100, cpuPercent: 3 }

const say = (line: string) => process.stdout.write(`${line}\n`)
const verdict = (value: number, aim: number) => (value <= aim ? '✓' : '✗')
const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

const report = (times: Map<string, Times>) => {
  say(
    `\n${'page'.padEnd(44)}${'asked'.padStart(7)}${'p50 ms'.padStart(9)}${'p95 ms'.padStart(9)}${'kB'.padStart(8)}`,
  )
  for (const [name, { ms, bytes }] of [...times].sort(([a], [b]) => a.localeCompare(b))) {
    const sorted = ms.toSorted((a, b) => a - b)
    const p95 = at(sorted, 0.95)
    const marks = name.startsWith('bare') ? '' : `  ${verdict(p95, aims.p95Ms)} ${verdict(bytes, aims.bytes)}`
    say(
      `${name.padEnd(44)}${String(ms.length).padStart(7)}${at(sorted, 0.5).toFixed(1).padStart(9)}${p95.toFixed(1).padStart(9)}${(bytes / 1000).toFixed(1).padStart(8)}${marks}`,
    )
  }
}

process.once('SIGINT', () => process.exit(130))
const stores = await openStores(postgres, redis)
try {
  say(`filling a database with ${families} families …`)
  const centre = await openConsoleCentre(stores, { families, activeShare, working })
  const { database, staff, atWork, start } = centre
  const ours = await start('ours', '/console/enter')
  const bare = await start('bare', '/')
  try {
    const routes = (await consoleRoutes()).filter(
      ({ method, roles, file }) => method === 'GET' && roles !== null && !file,
    )
    const present = await sessionsOf(centre, atWork)
    const pages = { ours: `http://127.0.0.1:${ours.port}`, bare: `http://127.0.0.1:${bare.port}` }
    await readPages(pages, { routes, people: present, seconds: 3 })
    report(await readPages(pages, { routes, people: present, seconds }))

    const open = await sessionsOf(centre, staff.slice(0, consoles))
    const before = ours.residentMiB()
    const close = await openConsoles(pages.ours, open)
    await pause(5_000)
    const [cpu, began] = [ours.cpuSeconds(), performance.now()]
    await pause(10_000)
    const percent = ((ours.cpuSeconds() - cpu) / ((performance.now() - began) / 1000)) * 100
    const memory = ours.residentMiB() - before
    close()
    say(`\n${consoles} open consoles, idle:`)
    say(`${verdict(memory, aims.memoryMiB)} ${memory.toFixed(1)} MiB (aim ≤ ${aims.memoryMiB})`)
    say(`${verdict(percent, aims.cpuPercent)} ${percent.toFixed(2)} % of a core (aim ≤ ${aims.cpuPercent})`)
  } finally {
    await database.close()
    await ours.stop()
    await bare.stop()
  }
} finally {
  await stores.release()
}
