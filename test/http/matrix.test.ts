import { expect, test } from 'vitest'
import { type Scope, scopes } from '#features/staff/api-scopes.ts'
import { keyOf } from '../support/api.ts'
import { sharedMember } from '../support/centre.ts'
import { type Matrix, namedIn, openMatrix } from '../support/matrix.ts'
import type { Route } from '../support/openapi.ts'

/** Typical keys of a centre. */
const roles = {
  reader: ['requests:read', 'staff:read', 'routing:read', 'webhooks:read'],
  'intake system': ['requests:read', 'requests:details', 'requests:write', 'messages:write', 'routing:read'],
  "supervisor's system": [
    'requests:read',
    'requests:details',
    'requests:write',
    'staff:read',
    'staff:write',
    'routing:read',
    'audit:read',
  ],
  'webhook manager': ['webhooks:read', 'webhooks:write'],
  'family system': ['families:read', 'families:details', 'families:write'],
  'plan system': ['plans:read', 'plans:write', 'reports:read', 'reports:write'],
  'message system': ['messages:read', 'messages:write'],
  'visit system': ['visits:read', 'visits:write'],
  'survey system': ['surveys:read', 'surveys:answers', 'surveys:write'],
  'data request system': ['data:read', 'data:write', 'data:copy'],
  auditor: ['requests:read', 'audit:read'],
} as const satisfies Record<string, readonly Scope[]>
type Role = keyof typeof roles

/** Changes for all territories, which a key limited to some cannot make. */
const centreWide = [
  'PUT /alarming-words',
  'PUT /danger-entries',
  'POST /surveys',
  'POST /surveys/{code}/versions',
  'DELETE /surveys/{code}',
  'POST /territories',
  'PATCH /territories/{code}',
  'POST /territories/{code}/retire',
  'POST /quick-replies',
  'PATCH /quick-replies/{replyId}',
  'DELETE /quick-replies/{replyId}',
  'POST /days-off',
  'DELETE /days-off/{dayId}',
]

/** Changes that a waiting request, which is not urgent, or a family under support does not allow. */
const inAnotherState = [
  'POST /requests/{id}/not-urgent',
  'POST /requests/{id}/safety-check',
  'POST /families/{id}/episodes',
  'POST /families/{id}/looks',
  'POST /data-requests/{id}/withdrawal',
  'POST /data-requests/{id}/look',
]

/** A report that the text of the matrix's region does not demand, and an answer that nobody has given yet. */
const isElsewhere = ({ path }: Route) =>
  path.startsWith('/reports/{period}') || path === '/data-requests/{id}/answer.pdf'

/** Their bodies name another request, which is not there. */
const namesAnother = ({ path }: Route) => /^\/requests\/\{id\}\/(?:merge|separate)$/.test(path)

/**
 * A key that lacks a route's scope is refused before anything else, and the first test here has such a key of each route:
 * each route is tried with every fourth role that lacks its scope, and with all of them by `npm run test:long`.
 */
const oneIn = 4
const inFull = process.env.TEST_LONG === '1'

/** Hundreds of calls, on a possibly busy machine. */
const long = { timeout: 90_000 }

const nameOf = ({ method, path }: Route) => `${method} ${path}`
const within = ({ own }: Matrix) => ({ territories: [own.code] })

test(
  'every route rejects a missing key, a wrong key, and a key with every scope but its own',
  long,
  async () => {
    const matrix = await openMatrix()
    const { world, routes, own, ask } = matrix
    const rows = await own.fresh()
    const others = new Map<string, string>()
    for (const scope of scopes) {
      const rest = scopes.filter((one) => one !== scope)
      others.set(scope, (await keyOf(world, { scopes: rest, ...within(matrix) })).token ?? '')
    }
    for (const route of routes) {
      const methods = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]
      for (const method of methods) {
        const nothing = await ask(route, { rows, method })
        const wrong = await ask(route, { rows, method, token: 'ryadom_wrong' })
        expect([nothing.status, wrong.status], nameOf(route)).toEqual([401, 401])
        expect(wrong.text).toBe(nothing.text)
        const without = await ask(route, { rows, method, token: others.get(route.scope) })
        expect(without.status, nameOf(route)).toBe(403)
      }
    }
  },
)

test('a resource of another territory and an unknown one give identical responses', async () => {
  const matrix = await openMatrix()
  const { world, routes, own, foreign, ask } = matrix
  const { token } = await keyOf(world, within(matrix))
  const [ours, theirs] = [await own.fresh(), await foreign.fresh()]
  const naming = routes.filter((route) => namedIn(route).length > 0)
  expect(naming.length).toBeGreaterThan(15)
  for (const route of naming) {
    const none = await ask(route, { token })
    expect(none.status, nameOf(route)).toBe(404)
    // Also with only the last id replaced: a delivery of another endpoint.
    const [last] = namedIn(route).slice(-1)
    const mixed = last && { ...ours, [last]: theirs[last] }
    for (const rows of [theirs, mixed]) {
      const hidden = await ask(route, { token, ...(rows && { rows }) })
      expect([hidden.status, hidden.text], nameOf(route)).toEqual([404, none.text])
      expect(shapeOf(hidden.headers)).toEqual(shapeOf(none.headers))
    }
    const noId = await ask({ ...route, path: route.path.replace(/\{\w+\}/, 'no-id') }, { token })
    expect([noId.status, noId.text], nameOf(route)).toEqual([404, none.text])
  }
})

test('each kind of key can access its own scopes and territory, and nothing else', long, async () => {
  const matrix = await openMatrix()
  const { world, routes, own, foreign, ask } = matrix
  const got: Record<string, Record<string, string>> = {}
  const expected: typeof got = {}
  const standing = { own: await own.fresh(), foreign: await foreign.fresh() }
  const refusedBy = new Map<string, number>()
  for (const role of Object.keys(roles) as Role[]) {
    const { token } = await keyOf(world, { scopes: roles[role], ...within(matrix) })
    const held: readonly string[] = roles[role]
    for (const route of routes) {
      const cell = `${role}: ${nameOf(route)}`
      const allowed = held.includes(route.scope)
      if (!allowed) {
        const before = refusedBy.get(nameOf(route)) ?? 0
        refusedBy.set(nameOf(route), before + 1)
        if (!inFull && before % oneIn !== 0) continue
      }
      // A change can make a row unusable for the next call.
      const rows = allowed && route.method !== 'GET' ? await own.fresh(namedIn(route)) : standing.own
      const ours = await ask(route, { token, rows })
      const theirs = await ask(route, { token, rows: standing.foreign })
      got[cell] = { own: kindOf(ours.status), foreign: kindOf(theirs.status) }
      // The body names an event of requests, which a key may only subscribe to if it may read it.
      const deaf =
        /^(POST \/webhooks|PATCH \/webhooks\/\{id\})$/.test(nameOf(route)) && !held.includes('requests:read')
      // Whoever gives an account a conversation must be allowed to read conversations.
      const blind =
        nameOf(route) === 'POST /families/{id}/members/{memberId}/account' && !held.includes('messages:read')
      const mine = [...centreWide, ...inAnotherState].includes(nameOf(route))
        ? '409'
        : deaf || blind
          ? '403'
          : isElsewhere(route) || namesAnother(route)
            ? '404'
            : 'done'
      const hidden = namedIn(route).length > 0 ? '404' : mine
      expected[cell] = allowed ? { own: mine, foreign: hidden } : { own: '403', foreign: '403' }
    }
  }
  expect(got).toEqual(expected)
  // Whatever is left out, each route refuses somebody here.
  const refusing = Object.keys(got).filter((cell) => got[cell]?.own === '403')
  for (const route of routes)
    expect(
      refusing.filter((cell) => cell.endsWith(`: ${nameOf(route)}`)).length,
      nameOf(route),
    ).toBeGreaterThan(1)

  // Independent of the scopes of the routes: the purpose of such keys.
  const may = (role: Role) => routes.filter((route) => got[`${role}: ${nameOf(route)}`]?.own === 'done')
  const changes = ({ method, path }: Route) => method !== 'GET' && path !== '/routing/dry-run'
  expect(may('reader').filter(changes)).toEqual([])
  expect(may('reader').filter(({ path }) => path.endsWith('/details'))).toEqual([])
  expect(new Set(may('webhook manager').map(({ path }) => path.split('/')[1]))).toEqual(new Set(['webhooks']))
  // Lists and states; what was written is behind `requests:details`.
  expect(may('auditor').map(nameOf)).toEqual([
    'GET /requests',
    'GET /requests/{id}',
    'GET /incoming',
    'GET /audit',
  ])
  expect(may("supervisor's system").filter(({ path }) => path.endsWith('/messages'))).toEqual([])
  expect(may('intake system').filter(({ path }) => /^\/(staff|webhooks|audit)/.test(path))).toEqual([])
})

test('a member who also serves another territory is visible to a key of one of them, but cannot be changed', async () => {
  const matrix = await openMatrix()
  const { world, routes, own, foreign, ask } = matrix
  const [near, wide] = [await keyOf(world, within(matrix)), await keyOf(world)]
  const naming = routes.filter((route) => namedIn(route).includes('staff'))
  expect(naming.length).toBeGreaterThan(4)
  const before = await world.database.prisma.staffInvite.count()
  for (const route of naming) {
    const rows = await sharedMember(world, [own.code, foreign.code])
    // The generated change contains only territories; this one contains a field that the key cannot change.
    const raw = route.method === 'PATCH' && { text: '{"role":"supervisor"}', type: 'application/json' }
    const asked = { rows, ...(raw && { raw }) }
    const one = await ask(route, { token: near.token, ...asked })
    expect([nameOf(route), one.status]).toEqual([nameOf(route), route.method === 'GET' ? 200 : 409])
    if (route.method !== 'GET') expect(one.text).toContain('/api/problems/not-allowed')
    const all = await ask(route, { token: wide.token, ...asked })
    expect([nameOf(route), kindOf(all.status)]).toEqual([nameOf(route), 'done'])
  }
  expect(await world.database.prisma.staffInvite.count()).toBe(before + 2)
})

test('lists contain exactly what the key can access', async () => {
  const matrix = await openMatrix()
  const { world, routes, own, foreign, ask } = matrix
  const [ours, theirs] = [await own.fresh(), await foreign.fresh()]
  const [near, wide] = [await keyOf(world, within(matrix)), await keyOf(world)]
  const lists = routes.filter((route) => route.method === 'GET' && namedIn(route).length === 0)
  let seen = 0
  for (const route of lists) {
    const [mine, all] = [await ask(route, { token: near.token }), await ask(route, { token: wide.token })]
    expect([mine.status, all.status], nameOf(route)).toEqual([200, 200])
    for (const collection of ['requests', 'staff', 'webhooks', 'families'] as const) {
      if (route.path !== `/${collection}`) continue
      seen += 1
      expect(mine.text).toContain(ours[collection])
      for (const id of [ours[collection], theirs[collection]]) expect(all.text).toContain(id)
    }
    for (const id of Object.values(theirs)) expect(mine.text, nameOf(route)).not.toContain(id)
  }
  expect(seen).toBe(4)
})

/** Headers that describe the kind of response, without dates and counters. */
const shapeOf = (headers: Headers) =>
  [...headers].filter(([name]) => name !== 'date' && !name.startsWith('ratelimit-'))

const kindOf = (status: number): string => (status >= 200 && status < 300 ? 'done' : String(status))
