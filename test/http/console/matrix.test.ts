import { expect, test } from 'vitest'
import { staffRoles } from '#storage/staff/staff.ts'
import { collectionsOf, contentsOf, openConsoleMatrix } from '#test/support/console-matrix.ts'
import type { ConsoleRoute } from '#test/support/console-routes.ts'
import { long } from '#test/support/effort.ts'
import { quiet } from '#test/support/quiet.ts'
import { type Visited, visitor } from '#test/support/results-page.ts'
import { missing } from '#test/support/submitted.ts'
import { answerOf, nobodys } from '#test/support/console-cells.ts'

/** Routes that name no roles: the way in and out, files that say nothing of anybody, and a stream that says nothing. */
const withoutRoles = [
  'GET /console/*',
  'GET /console/assets/console.css',
  'GET /console/assets/console.js',
  'GET /console/assets/htmx.js',
  'GET /console/enter',
  'GET /console/enter/:token',
  'GET /console/live',
  'POST /console/enter/:token',
  'POST /console/enter/passkey',
  'POST /console/exit',
]

/** A page is shown; a form leads on, or to a page of its own. */
const kindOf = ({ method }: ConsoleRoute, { status }: Visited): Kinds['own'] =>
  status === 200 || status === 204 || (method === 'POST' && status === 303) ? 'done' : status

/** A form that is not understood comes back under its own address. */
const withoutIds = (answer: Visited | undefined) =>
  answer?.text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')

/** `mixed`: the last id of the address is of another family; null: it has none. */
type Kinds = { own: number | 'done'; foreign: number | 'done'; mixed: number | null }

/** It ends the session. */
const isLast = (route: ConsoleRoute) => nameOf(route) === 'POST /console/me/leave'

const longestPage = 60_000
/** Hundreds of calls, on a possibly busy machine. */
const patient = { timeout: 600_000 }

const nameOf = ({ method, path }: ConsoleRoute) => `${method} ${path}`
const isPage = ({ headers }: Visited) => headers.get('content-type')?.startsWith('text/html') === true

/** What every answer has, whatever it says. */
const looksWell = (answer: Visited, of: string) => {
  const { headers, bytes } = answer
  expect(headers.get('content-security-policy'), of).toContain(
    "default-src 'none'; script-src 'self'; style-src 'self'",
  )
  expect(headers.get('content-security-policy'), of).toContain("frame-ancestors 'none'")
  expect(headers.get('x-frame-options'), of).toBe('DENY')
  expect(headers.get('x-content-type-options'), of).toBe('nosniff')
  expect(headers.get('cache-control'), of).toBe('no-store')
  if (!isPage(answer)) return
  expect(bytes.length, of).toBeLessThanOrEqual(longestPage)
  // No script, no style and no handler stands in a page.
  expect(answer.text, of).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|javascript:/i)
}

const namesItsRoles = (routes: ConsoleRoute[]) => {
  const open = routes.filter(({ roles }) => roles === null).map(nameOf)
  expect(open.toSorted()).toEqual(withoutRoles)
  const ours = routes.filter(({ roles }) => roles !== null)
  expect(ours.length).toBeGreaterThan(2)
  for (const route of ours) {
    expect(route.roles?.length, nameOf(route)).toBeGreaterThan(0)
    expect(staffRoles, nameOf(route)).toEqual(expect.arrayContaining([...(route.roles ?? [])]))
  }
}

test(
  'every route names its roles, and nobody gets in without a session or with a form of another page',
  patient,
  async () => {
    const matrix = await openConsoleMatrix()
    const { world, routes, desks, standing, ask } = matrix
    namesItsRoles(routes)
    const stranger = { ...visitor(world), csrf: desks.intake.csrf }
    const forged = (desk: (typeof desks)['intake'], headers: Record<string, string>, csrf = desk.csrf) => ({
      ...desk,
      csrf,
      post: (path: string, fields: Record<string, string> = {}) => desk.post(path, fields, headers),
    })
    const origin = new URL(world.app().url).origin
    // Nobody is let in, so none of them is changed.
    const rows = await standing('intake')
    const before = await contentsOf(world)
    for (const [turn, route] of routes.filter(({ roles }) => roles !== null).entries()) {
      const nobody = await ask(stranger, route, rows)
      expect(nobody.status, nameOf(route)).toBe(401)
      looksWell(nobody, nameOf(route))
      const desk = desks[route.roles?.[0] ?? 'intake']
      if (route.method === 'GET') continue
      const origins = [
        () => ask(forged(desk, { origin: 'https://evil.example' }), route, rows),
        () => ask(forged(desk, { origin: 'null' }), route, rows),
        () => ask(forged(desk, { origin, 'sec-fetch-site': 'cross-site' }), route, rows),
      ]
      // One hook looks at the origin for all routes: in the check each has one of these, by turns. Of the key each form takes care.
      const foreign = long ? origins : origins.slice(turn % origins.length).slice(0, 1)
      const keys = ['', 'x'.repeat(43)].map((key) => () => ask(forged(desk, { origin }, key), route, rows))
      for (const forge of [...foreign, ...keys]) {
        const answer = await forge()
        expect(answer.status, nameOf(route)).toBe(403)
        looksWell(answer, nameOf(route))
      }
    }
    expect(await contentsOf(world)).toEqual(before)
  },
)

test(
  'each role has its own pages and forms, of its own territory, and a page changes nothing',
  patient,
  async () => {
    const { world, routes, desks, foreign, fresh, standing, ask, smallest } = await openConsoleMatrix()
    const theirs = { ...(await foreign.fresh()), ...nobodys }
    const ids = Object.values(theirs).filter((id) => id.length > 20 && id !== missing)
    const got: Record<string, Kinds> = {}
    const expected: typeof got = {}
    const ofRoles = routes.filter(({ roles }) => roles !== null)
    const ours = ofRoles.toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)))
    for (const role of staffRoles) {
      // Pages, and forms that somebody may not send, leave nothing behind: the rows that they were about serve the next.
      const still = await standing(role)
      for (const [turn, route] of ours.entries()) {
        const cell = `${role}: ${nameOf(route)}`
        const named = collectionsOf(route).length > 0
        const allowed = route.roles?.includes(role) === true
        // A form that is not understood is sent back before anybody asks whose the record is.
        const unread = allowed && route.method === 'POST' && !route.takes(smallest(route))
        const hides = unread ? 422 : 404
        const own = !allowed ? 404 : unread ? 422 : answerOf(role, nameOf(route))
        // Only what is done leaves something behind; each request that is made ends the one before.
        const leaves = route.method !== 'GET' && own === 'done'
        const anew = allowed && (leaves || collectionsOf(route).includes('requests'))
        // Whoever may not open a page at all has no row of their own to compare with: one of them tries the address.
        const forbidden = staffRoles.filter((one) => !route.roles?.includes(one))
        const compared = named && (allowed || long || forbidden[turn % forbidden.length] === role)
        const hidden = compared ? await ask(desks[role], route, theirs) : undefined
        const none = compared ? await ask(desks[role], route) : undefined
        expect(withoutIds(hidden), cell).toBe(withoutIds(none))
        const rows = anew ? await fresh(route, role) : still
        const [last] = compared ? collectionsOf(route).slice(-1) : []
        // Also with only the last id replaced: a member of another family.
        const mixed = last && (await ask(desks[role], route, { ...rows, [last]: theirs[last] }))
        // Once for each page, and by somebody who may open it: looking at every table costs more than the page.
        const looks = route.method === 'GET' && route.roles?.[0] === role
        // What the rows brought about is told first.
        if (looks) await quiet(world.telegram, world.database)
        const before = looks && (await contentsOf(world))
        const answer = await ask(desks[role], route, rows)
        if (before) expect(await contentsOf(world), cell).toEqual(before)
        expect(
          ids.filter((id) => answer.text.includes(id)),
          cell,
        ).toEqual([])
        looksWell(answer, cell)
        const kinds: Kinds = {
          ...{ own: kindOf(route, answer), foreign: kindOf(route, hidden ?? answer) },
          mixed: mixed ? mixed.status : null,
        }
        got[cell] = kinds
        expected[cell] = { own, foreign: compared ? hides : own, mixed: mixed ? hides : null }
      }
    }
    expect(got).toEqual(expected)
  },
)
