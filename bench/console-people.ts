import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'undici'
import type { StaffRole } from '#storage/staff/staff.ts'

export type Person = {
  role: StaffRole
  staffId: string
  cookie: string
  /** What they have in hand, whose pages they open, too. */
  own: { families: readonly string[]; requests: readonly string[] }
}
export type Times = { ms: number[]; bytes: number }

/** Somebody at a desk reads, writes or speaks for about so long before the next page (ms). */
const readsMs = 5_000

/** The address of a page, of the next thing in hand where it is a page of one; undefined: nobody here has that in hand. */
const addressOf = (
  path: string,
  { own: { families, requests } }: Person,
  turn: number,
): string | undefined => {
  if (!path.includes(':')) return path
  const those = path.startsWith('/console/families/:id') ? families : requests
  const of = path.replace(/^\/console\/(families|requests)\/:id/, (found, kind) =>
    those.length === 0 ? found : `/console/${kind}/${those[turn % those.length]}`,
  )
  return of.includes(':') ? undefined : of
}

/** People who open pages at random, each reading for a while in between; every other time the bare page of the same families. */
export const readPages = async (
  urls: { ours: string; bare: string },
  {
    routes,
    people,
    seconds,
  }: {
    routes: readonly { path: string; roles: readonly StaffRole[] | null }[]
    people: readonly Person[]
    seconds: number
  },
): Promise<Map<string, Times>> => {
  const pools = {
    ours: new Pool(urls.ours, { connections: people.length }),
    bare: new Pool(urls.bare, { connections: people.length }),
  }
  const times = new Map<string, Times>()
  const note = (name: string, ms: number, bytes: number) => {
    const known = times.get(name) ?? { ms: [], bytes: 0 }
    times.set(name, { ms: [...known.ms, ms], bytes: Math.max(known.bytes, bytes) })
  }
  const open = async (pool: Pool, path: string, cookie: string) => {
    const begin = performance.now()
    const answer = await pool.request({ method: 'GET', path, headers: { cookie } })
    const bytes = (await answer.body.bytes()).length
    // What has to be begun first is not there yet, and not every act is possible now.
    if (answer.statusCode >= 300 && answer.statusCode !== 404 && answer.statusCode !== 409)
      throw new Error(`${path}: ${answer.statusCode}`)
    return { ms: performance.now() - begin, bytes }
  }
  const until = performance.now() + seconds * 1000
  await Promise.all(
    people.map(async (somebody, person) => {
      const { role, staffId, cookie } = somebody
      const theirs = routes
        .filter(({ roles, path }) => roles?.includes(role) && addressOf(path, somebody, 0) !== undefined)
        .map(({ path }) => path)
      await pause((person / people.length) * readsMs)
      for (let turn = person; performance.now() < until; turn += 1) {
        const path = theirs[turn % theirs.length] ?? '/console'
        const ours = await open(pools.ours, addressOf(path, somebody, turn) ?? path, cookie)
        note(`${role} ${path}`, ours.ms, ours.bytes)
        if (path === '/console/families') {
          const bare = await open(pools.bare, `/families?curator=${staffId}`, cookie)
          note('bare page of 25 families', bare.ms, bare.bytes)
        }
        await pause(readsMs * (0.5 + Math.random()))
      }
    }),
  )
  await Promise.all([pools.ours.destroy(), pools.bare.destroy()])
  return times
}

/** Opens a console for each and leaves it alone; returns how to close them. */
export const openConsoles = async (url: string, people: readonly Person[]): Promise<() => void> => {
  const pool = new Pool(url, { connections: people.length, bodyTimeout: 0 })
  await Promise.all(
    people.map(async ({ cookie }) => {
      const answer = await pool.request({
        method: 'GET',
        path: '/console/live',
        headers: { cookie, accept: 'text/event-stream' },
      })
      if (answer.statusCode !== 200) throw new Error(`no stream: ${answer.statusCode}`)
      answer.body.resume().on('error', () => undefined)
    }),
  )
  return () => void pool.destroy()
}
