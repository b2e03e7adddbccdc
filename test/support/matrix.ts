import { bodyMaker, bodySchemaOf, type Hints } from './bodies.ts'
import { openTerritory, type Territory } from './centre.ts'
import type { Rows } from './territory-rows.ts'
import { documentOf, type Route, routesOf } from './openapi.ts'
import { pngOf } from './pictures.ts'
import { missing } from './submitted.ts'
import { openWorld, type World } from './world.ts'

export type Told = { status: number; text: string; headers: Headers }
export type Asked = {
  token?: string | undefined
  /** The objects in the path; omitted: ones that do not exist. */
  rows?: Partial<Rows>
  /** Within the caller's own territory. */
  hints?: Hints
  /** Sent as is, instead of a valid body. */
  raw?: { text: string; type: string }
  method?: string
}

export type Matrix = {
  world: World
  routes: Route[]
  /** The keys' territory, and another one. */
  own: Territory
  foreign: Territory
  ask(route: Route, asked: Asked): Promise<Told>
  /** A valid body for the route, within the keys' territory; undefined if it takes none. */
  bodyFor(route: Route, hints?: Hints): unknown
}

/** A centre with two territories, and a way to call every route of the served document. */
export const openMatrix = async (): Promise<Matrix> => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', api: { perMinute: 1_000_000 } })
  const document = await documentOf(world)
  const [own, other] = [await openTerritory(world, 'leninsky'), await openTerritory(world, 'oktyabrsky')]
  // Surveys, territories and registers have no territory: a missing one stands in for another territory's.
  const foreign: Territory = {
    ...other,
    fresh: async (collections) => ({
      ...(await other.fresh(collections)),
      surveys: missing,
      territories: missing,
      registers: missing,
      replies: missing,
      off: missing,
    }),
  }
  const make = bodyMaker(document)

  const bodyFor = ({ operation }: Route, hints: Hints = {}) => {
    const schema = bodySchemaOf(operation)
    return schema && make(schema, { ...hintsOf(own), ...hints })
  }

  const ask = async (route: Route, { token, rows = {}, hints, raw, method = route.method }: Asked) => {
    // A member that a body names is one of the family in the address.
    const ofFamily = route.path.startsWith('/families/{id}') && rows.members ? { memberId: rows.members } : {}
    const body = raw ? undefined : bodyFor(route, { ...ofFamily, ...hints })
    const text = raw?.text ?? (body === undefined ? undefined : JSON.stringify(body))
    const type = raw?.type ?? (text === undefined ? undefined : 'application/json')
    const needsRevision = route.operation.parameters?.some((one) => one.name === 'if-match')
    const answer = await fetch(new URL(`/api/v1${pathOf(route, rows)}`, world.app().url), {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(type !== undefined && { 'content-type': type }),
        ...(needsRevision && { 'if-match': '*' }),
      },
      ...(text !== undefined && { body: text }),
    })
    return { status: answer.status, text: await answer.text(), headers: answer.headers }
  }

  return { world, routes: routesOf(document), own, foreign, ask, bodyFor }
}

/** Values that a schema cannot express: the region's codes, ids that exist, a URL that may be called. */
const hintsOf = ({ code, specialistId, familyId, memberId }: Territory): Hints => ({
  territory: code,
  territories: [code],
  staffId: specialistId,
  familyId,
  memberId,
  survey: 'by-hand',
  questions: [{ code: 'so', kind: 'yes-no', words: { ru: { adult: 'Так?' } } }],
  version: 2,
  to: 'home-survey',
  receivedAt: '2026-11-23T07:00:00Z',
  receivedOn: '2026-11-23',
  withdrawn: true,
  phone: '+79280000000',
  url: 'https://1.1.1.1/ryadom',
  image: pngOf(100, 100).toString('base64'),
  startsAt: '2026-12-03T07:00:00Z',
  dates: ['2026-12-02T07:00:00Z'],
  // No test here withdraws a consent, so nothing is sent to this URL.
  events: ['consent.withdrawn'],
})

/** Required query parameters. */
const asked: readonly [RegExp, string][] = [
  [/^\/audit\/seen$/, `?by=${missing}&since=2026-01-01T00:00:00Z`],
  // Keys that open no families ask for a quarter that is over.
  [/^\/reports\/activities$/, '?from=2026-07-01&until=2026-09-30'],
  [/^\/registers\/[^/]+$/, '?from=2026-07-01&until=2026-09-30'],
  [/^\/registers\/[^/]+\/picture$/, '?from=2026-07-01&until=2026-09-30'],
  [/^\/registers\/[^/]+\/families$/, '?from=2026-07-01&until=2026-09-30&row=abuse&column=now'],
  [/^\/surveys\/[^/]+\/results$/, '?from=2026-01&until=2026-12'],
  [/^\/surveys\/[^/]+\/chart$/, '?from=2026-01&until=2026-12&chart=overview'],
]

/** The query that a path cannot be asked without; empty if there is none. */
export const requiredQuery = (path: string): string => asked.find(([like]) => like.test(path))?.[1] ?? ''

/** `/staff/{id}/absences/{absenceId}`: each parameter follows the collection that it belongs to. */
const pathOf = ({ path }: Route, rows: Partial<Rows>): string =>
  `${path}${requiredQuery(path)}`.replace(
    /(data-requests|\w+)\/\{\w+\}/g,
    (_, collection: keyof Rows) => `${collection}/${rows[collection] ?? missing}`,
  )

/** Returns the collections of a path's parameters, in order. */
export const namedIn = ({ path }: Route): (keyof Rows)[] =>
  [...path.matchAll(/(data-requests|\w+)\/\{\w+\}/g)].map(([, collection]) => collection as keyof Rows)
