import { type Browser, chromium, type Page } from 'playwright-core'
import type { StaffRole } from '#storage/staff/staff.ts'
import { consoleRoutes } from '../test/support/console-routes.ts'
import { openConsoleCentre, sessionsOf } from './console-centre.ts'
import type { Person } from './console-people.ts'
import { readOptions } from './options.ts'
import { openStores } from './stores.ts'

// When each page of the console first shows something in Chromium whose processor is four times slower and which has nothing cached,
// for each role: an old office machine, in the morning.
// node --disable-warning=ExperimentalWarning bench/first-paint.ts [--rounds 3] [--scale 1] [--postgres …] [--redis …]

const { postgres, redis, rounds, scale } = readOptions(process.argv.slice(2))
const families = Math.round(2_000 * scale)
const working = { curator: 1, intake: 1, supervisor: 1 } as const
const slowdown = 4
const aimMs = 1_000

const say = (line: string) => process.stdout.write(`${line}\n`)
const median = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN

type Painted = { role: StaffRole; page: string; answerMs: number; paintMs: number; kB: number }
type Seen = Pick<Painted, 'answerMs' | 'paintMs' | 'kB'>

/** Of the document's answer, and of the first contentful paint; from the moment that somebody pressed. */
const timed = (page: Page): Promise<Seen> =>
  page.evaluate<Seen>(`new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      const paint = list.getEntriesByName('first-contentful-paint')[0]
      if (!paint) return
      observer.disconnect()
      const [document] = performance.getEntriesByType('navigation')
      resolve({ answerMs: document.responseEnd, paintMs: paint.startTime, kB: document.decodedBodySize / 1000 })
    }).observe({ type: 'paint', buffered: true })
  })`)

const linksOf = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('a[href^="/console"]')].filter((a) => !a.hasAttribute('download')).map((a) => a.getAttribute('href'))`,
  )

/** Follows links from «Мой день», as the walk of the tests does, and times one page of each kind. */
const pagesOf = async (
  browser: Browser,
  { url, patterns, person }: { url: string; patterns: readonly string[]; person: Person },
): Promise<Painted[]> => {
  const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1024, height: 768 } })
  const [name = '', value = ''] = person.cookie.split('=')
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const seen = new Set<string>()
  const painted: Painted[] = []
  const left = ['/console', ...patterns.filter((pattern) => !pattern.includes(':'))]
  for (let path = left.shift(); path !== undefined; path = left.shift()) {
    const { pathname } = new URL(path, url)
    const pattern = patterns.includes(pathname)
      ? pathname
      : patterns.find((one) => new RegExp(`^${one.replace(/:\w+/g, '[^/]+')}$`).test(pathname))
    if (pattern === undefined || seen.has(pattern)) continue
    const times: Seen[] = []
    let status: number | undefined
    for (let round = 0; round < rounds; round += 1) {
      status = (await page.goto(`${url}${path}`))?.status()
      if (status !== 200) break
      times.push(await timed(page))
    }
    // What has to be begun first is not there yet.
    if (status !== 200) continue
    seen.add(pattern)
    left.push(...(await linksOf(page)))
    const [answerMs, paintMs] = [
      median(times.map((one) => one.answerMs)),
      median(times.map((one) => one.paintMs)),
    ]
    painted.push({ role: person.role, page: pattern, answerMs, paintMs, kB: times[0]?.kB ?? 0 })
  }
  await context.close()
  return painted
}

process.once('SIGINT', () => process.exit(130))
const stores = await openStores(postgres, redis)
try {
  say(`filling a database with ${families} families …`)
  const centre = await openConsoleCentre(stores, { families, activeShare: 0.1, working })
  const ours = await centre.start('ours', '/console/enter')
  const executablePath = process.env.CHROMIUM_PATH || '/usr/bin/chromium'
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  })
  try {
    const routes = (await consoleRoutes()).filter(
      // What a script asks for is no page.
      ({ method, path, roles, file }) =>
        method === 'GET' && roles !== null && !file && path !== '/console/drafts',
    )
    const url = `http://127.0.0.1:${ours.port}`
    const all: Painted[] = []
    for (const person of await sessionsOf(centre, centre.atWork)) {
      const patterns = routes.flatMap(({ path, roles }) => (roles?.includes(person.role) ? [path] : []))
      all.push(...(await pagesOf(browser, { url, patterns, person })))
    }
    say(`\n${'page'.padEnd(70)}${'answer ms'.padStart(10)}${'paint ms'.padStart(10)}${'kB'.padStart(8)}`)
    for (const { role, page, answerMs, paintMs, kB } of all.toSorted((a, b) => b.paintMs - a.paintMs))
      say(
        `${`${role} ${page}`.padEnd(70)}${answerMs.toFixed(0).padStart(10)}${paintMs.toFixed(0).padStart(10)}${kB.toFixed(1).padStart(8)}  ${paintMs <= aimMs ? '✓' : '✗'}`,
      )
    const late = all.filter(({ paintMs }) => paintMs > aimMs).length
    say(
      `\n${late === 0 ? '✓' : '✗'} ${all.length} pages, ${late} later than ${aimMs} ms with a processor ${slowdown} times slower`,
    )
  } finally {
    await browser.close()
    await centre.database.close()
    await ours.stop()
  }
} finally {
  await stores.release()
}
