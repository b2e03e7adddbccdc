import { bodyMaker, bodySchemaOf, type Hints } from './bodies.ts'
import { openTerritory, type Rows, type Territory } from './centre.ts'
import { documentOf, type Route, routesOf } from './openapi.ts'
import { pngOf } from './pictures.ts'
import { missing } from './submitted.ts'
import { openWorld, type World } from './world.ts'

export type Told = { status: number; text: string; headers: Headers }
export type Asked = {
  token?: string | undefined
  /** What the path names; left out: what there is not. */
  rows?: Partial<Rows>
  /** Of the caller's own territory. */
  hints?: Hints
  /** Sent as it is, instead of a body that the route takes. */
  raw?: { text: string; type: string }
  method?: string
}

export type Matrix = {
  world: World
  routes: Route[]
  /** The territory of the keys, and another one. */
  own: Territory
  foreign: Territory
  ask(route: Route, asked: Asked): Promise<Told>
  /** A body that the route takes, of the keys' own territory; undefined where it takes none. */
  bodyFor(route: Route, hints?: Hints): unknown
}

/** A centre with two territories, and every route of the served document to be called. */
export const openMatrix = async (): Promise<Matrix> => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', api: { perMinute: 1_000_000 } })
  const document = await documentOf(world)
  const [own, other] = [await openTerritory(world, 'leninsky'), await openTerritory(world, 'oktyabrsky')]
  // Surveys are of no territory: for one that is another's stands one that there is not.
  const foreign: Territory = {
    ...other,
    fresh: async (collections) => ({ ...(await other.fresh(collections)), surveys: missing }),
  }
  const make = bodyMaker(document)

  const bodyFor = ({ operation }: Route, hints: Hints = {}) => {
    const schema = bodySchemaOf(operation)
    return schema && make(schema, { ...hintsOf(own), ...hints })
  }

  const ask = async (route: Route, { token, rows = {}, hints, raw, method = route.method }: Asked) => {
    const body = raw ? undefined : bodyFor(route, hints)
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

/** What a schema cannot say: codes of this region, somebody who is there, an address that may be called. */
const hintsOf = ({ code, specialistId, familyId }: Territory): Hints => ({
  territory: code,
  territories: [code],
  staffId: specialistId,
  familyId,
  survey: 'by-hand',
  questions: [{ code: 'so', kind: 'yes-no', words: { ru: { adult: 'Так?' } } }],
  version: 2,
  to: 'home-survey',
  url: 'https://1.1.1.1/ryadom',
  image: pngOf(100, 100).toString('base64'),
  startsAt: '2026-12-03T07:00:00Z',
  dates: ['2026-12-02T07:00:00Z'],
  // Nothing here withdraws a consent: nothing is sent to that address.
  events: ['consent.withdrawn'],
})

/** What has to be asked for in the address. */
const asked: readonly [RegExp, string][] = [
  [/^\/reports\/activities$/, '?from=2026-01-01&until=2026-12-31'],
  [/^\/surveys\/[^/]+\/results$/, '?from=2026-01&until=2026-12'],
  [/^\/surveys\/[^/]+\/chart$/, '?from=2026-01&until=2026-12&chart=overview'],
]

/** `/staff/{id}/absences/{absenceId}`: each name stands behind the collection from whose rows it is. */
const pathOf = ({ path }: Route, rows: Partial<Rows>): string =>
  `${path}${asked.find(([like]) => like.test(path))?.[1] ?? ''}`.replace(
    /(\w+)\/\{\w+\}/g,
    (_, collection: keyof Rows) => `${collection}/${rows[collection] ?? missing}`,
  )

/** The collections whose rows a path names, in order. */
export const namedIn = ({ path }: Route): (keyof Rows)[] =>
  [...path.matchAll(/(\w+)\/\{\w+\}/g)].map(([, collection]) => collection as keyof Rows)
