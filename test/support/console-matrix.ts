import type { StaffRole } from '#storage/staff/staff.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { bodyMaker, type Hints } from './bodies.ts'
import { openTerritory, type Territory } from './centre.ts'
import type { Rows } from './territory-rows.ts'
import { atDesk } from './console.ts'
import { codesInPaths, otherNames, queriesOf } from './console-cells.ts'
import { type ConsoleRoute, consoleRoutes } from './console-routes.ts'
import type { Visited } from './results-page.ts'
import { missing, staffIdOf } from './submitted.ts'
import { openWorld, type World } from './world.ts'

/** With what belongs to whoever is at the desk. */
type ConsoleRows = Rows & { passkeys: string }
type Desk = Awaited<ReturnType<typeof atDesk>>

export type ConsoleMatrix = {
  world: World
  routes: ConsoleRoute[]
  /** Somebody of each role, in the own territory. */
  desks: Record<StaffRole, Desk>
  own: Territory
  foreign: Territory
  /** Rows of the own territory, made for one call: its curator is the one at the desk, or there is none for intake. */
  fresh(route: ConsoleRoute, role: StaffRole): Promise<ConsoleRows>
  /** Rows of every kind for all calls of somebody of this role that change nothing; until others are made, its request is the open one. */
  standing(role: StaffRole): Promise<ConsoleRows>
  /** The smallest fields that a form takes, as far as its schema says. */
  smallest(route: ConsoleRoute): Record<string, string>
  /** Opens the page, or sends the form with the smallest fields that it takes. */
  ask(
    desk: Pick<Desk, 'get' | 'post' | 'csrf'>,
    route: ConsoleRoute,
    rows?: Partial<ConsoleRows>,
  ): Promise<Visited>
}

const codes = { own: 'leninsky', foreign: 'oktyabrsky' } as const

/** A centre with two territories, and a way to call every route of the console. */
export const openConsoleMatrix = async (): Promise<ConsoleMatrix> => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', inside: true, api: { perMinute: 1_000_000 } })
  const { prisma } = world.database
  const [own, foreign] = [await openTerritory(world, codes.own), await openTerritory(world, codes.foreign)]
  const desks = {} as Record<StaffRole, Desk>
  const ids = {} as Record<StaffRole, string>
  for (const role of staffRoles) {
    // The assignee of the territory's requests works at intake.
    if (role !== 'intake') await world.staff(role, [codes.own], role)
    // A territory that nobody of a role serves is everybody's of that role.
    await world.staff(`${role} elsewhere`, [codes.foreign], role)
    ids[role] = role === 'intake' ? own.specialistId : await staffIdOf(world, role)
    desks[role] = await atDesk(world, ids[role])
  }
  const curatorId = ids.curator
  const make = bodyMaker({ components: { schemas: {} } })
  const hints = hintsOf({ ...own, curatorId })

  const passkey = async (staffId: string) => {
    const key = { credential: crypto.randomUUID(), publicKey: Buffer.from('key'), counter: 0, name: 'Ключ' }
    const data = { staffId, createdAt: world.clock.now(), ...key }
    return (await prisma.consolePasskey.create({ data })).id
  }
  /** Of the own territory; of nobody who is known. */
  const dataRequest = async () => {
    const [id, at] = [crypto.randomUUID(), world.clock.now()]
    const data = { id, kind: 'access', source: 'letter', territory: codes.own, at, dueAt: at, receivedOn: at }
    await prisma.dataRequest.create({ data })
    return id
  }
  const rowsOf = async (named: readonly (keyof ConsoleRows)[], role: StaffRole): Promise<ConsoleRows> => {
    // Visits, members and the like come with a family.
    const wanted = named.filter((one) => one !== 'passkeys' && one !== 'data-requests')
    const rows = await own.fresh(wanted.length > 0 ? ['families', ...wanted] : [])
    // Intake opens families that nobody curates.
    const data = { curatorId: role === 'intake' ? null : curatorId }
    const ofVisit = named.includes('visits') ? [{ visits: { some: { id: rows.visits } } }] : []
    await prisma.family.updateMany({ where: { OR: [{ id: rows.families }, ...ofVisit] }, data })
    return {
      ...rows,
      passkeys: named.includes('passkeys') ? await passkey(ids[role]) : missing,
      'data-requests': named.includes('data-requests') ? await dataRequest() : missing,
    }
  }
  const fresh: ConsoleMatrix['fresh'] = (route, role) => rowsOf(collectionsOf(route), role)
  const routes = await consoleRoutes()
  const every = [...new Set(routes.flatMap(collectionsOf))]
  const standing: ConsoleMatrix['standing'] = (role) => rowsOf(every, role)
  const smallest: ConsoleMatrix['smallest'] = (route) => typed(make(route.fields, hints))
  const ask: ConsoleMatrix['ask'] = async (desk, route, rows = {}) => {
    const path = pathOf(route, rows)
    if (route.method === 'GET') return desk.get(path)
    const once = crypto.randomUUID()
    return desk.post(path, { csrf: desk.csrf, once, ...smallest(route) })
  }
  return { smallest, world, routes, desks, own, foreign, fresh, standing, ask }
}

/** Values that a schema cannot express: codes of the region, and ids that exist. */
const hintsOf = ({ code, curatorId }: { code: string; curatorId: string }): Hints => ({
  territory: code,
  staffId: curatorId,
  curatorId,
  day: '2026-11-24',
  revision: '0',
  typed: '{}',
  // Who may tell of a family without applying.
  sender: 'internal-memo',
  capacity: '5',
  languages: 'ru',
  from: '2026-12-01',
  until: '2026-12-02',
  f: '1',
  shown: '{}',
  phone: '+79280000000',
})

const typed = (body: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(body as Record<string, unknown>).map(([name, value]) => [name, [value].flat().join(',')]),
  )

const inPath = /([\w-]+)\/:\w+/g

const withCodes = (path: string): string =>
  path.replace(/:(\w+)/g, (parameter, name: string) => codesInPaths[name] ?? parameter)

const rowNamed = (collection: string) => (otherNames[collection] ?? collection) as keyof ConsoleRows

/** `/console/families/:id/members/:memberId`: each parameter follows the collection that it belongs to. */
export const pathOf = ({ method, path }: ConsoleRoute, rows: Partial<ConsoleRows>): string =>
  withCodes(path).replace(
    inPath,
    (_, collection: string) => `${collection}/${rows[rowNamed(collection)] ?? missing}`,
  ) + (queriesOf[`${method} ${path}`] ?? '')

/** Returns the collections of a path's parameters, in order. */
export const collectionsOf = ({ path }: ConsoleRoute): (keyof ConsoleRows)[] =>
  [...withCodes(path).matchAll(inPath)].map(([, collection = '']) => rowNamed(collection))

/** What every table holds, but for what a look at a page may write: the audit, and when somebody was last seen. */
export const contentsOf = async ({ database: { prisma } }: World): Promise<Record<string, string>> => {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
      AND table_name NOT IN ('audit_entries', 'console_sessions') ORDER BY 1`
  const each = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, md5(string_agg(t::text, ',' ORDER BY t::text)) AS held FROM "${name}" t`,
  )
  const rows = await prisma.$queryRawUnsafe<{ name: string; held: string | null }[]>(each.join(' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, held }) => [name, held ?? '']))
}
