import { expect, test } from 'vitest'
import type { StaffRole } from '#storage/staff/staff.ts'
import { answerOf, nobodys } from '#test/support/console-cells.ts'
import { openConsoleMatrix, pathOf } from '#test/support/console-matrix.ts'
import type { ConsoleRoute } from '#test/support/console-routes.ts'
import type { Schema } from '#test/support/openapi.ts'
import type { Visited } from '#test/support/results-page.ts'
import { missing } from '#test/support/submitted.ts'
import type { World } from '#test/support/world.ts'

// Ids that stand in no path: of a query, of hidden fields, of a list to choose from. Another territory's is as if it were not there.

const isId = (schema: Schema): boolean =>
  schema.format === 'uuid' ||
  (schema.anyOf ?? []).some(isId) ||
  (schema.type === 'array' && schema.items !== undefined && isId(schema.items))

const idsOf = ({ properties = {} }: Schema): string[] =>
  Object.entries(properties).flatMap(([name, one]) => (isId(one) ? [name] : []))

const nameOf = ({ method, path }: ConsoleRoute) => `${method} ${path}`

const roleFor = (route: ConsoleRoute): StaffRole =>
  route.roles?.find((role) => answerOf(role, nameOf(route)) === 'done') ?? route.roles?.[0] ?? 'supervisor'

/** What differs by itself: what was asked for, and keys of forms. */
const said = ({ status, headers, text }: Visited, asked: string): string =>
  [status, headers.get('location'), text]
    .join('\n')
    .replace(new RegExp(`(?<!\\w)${asked}(?!\\w)`, 'g'), '#')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
    .replace(/undo=[\w.~-]+/g, 'undo')

const differing = (here: string, there: string): string => {
  const lines = there.split('\n')
  return here.split('\n').find((line, index) => line !== lines[index]) ?? ''
}

/** What a form needs besides, so that what is asked is whose the record is. */
const fitting: Readonly<Record<string, (rows: { members: string }) => Record<string, string>>> = {
  'POST /console/families/:id/visits': () => ({ at: '2026-11-26T09:00:00.000Z' }),
  'POST /console/families/:id/consents': ({ members }) => ({ member: members, kinds: 'personal-data' }),
  'POST /console/requests/:id/papers': () => ({ kinds: 'personal-data' }),
}

/** Whose ids are tried in every field. */
const asks = new Set([
  ...['requests', 'families', 'members', 'activities', 'visits', 'safety', 'incoming', 'needs'],
  ...['proposals', 'staff', 'specialist', 'joined'],
])

/** In how many rows of every table a text stands. */
const rowsWith = async ({ database: { prisma } }: World, text: string): Promise<number> => {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`
  const each = tables.map(
    ({ name }) => `SELECT count(*) AS n FROM "${name}" t WHERE t::text LIKE '%${text}%'`,
  )
  const [row] = await prisma.$queryRawUnsafe<{ n: number }[]>(
    `SELECT sum(n)::int AS n FROM (${each.join(' UNION ALL ')}) every`,
  )
  return row?.n ?? 0
}

test('ids of another territory in a query or a field are as if they were not there', {
  timeout: 900_000,
}, async () => {
  const { world, routes, desks, foreign, fresh, smallest } = await openConsoleMatrix()
  const { prisma } = world.database
  const theirs = { ...(await foreign.fresh()), ...nobodys }
  const { number } = await prisma.family.findUniqueOrThrow({ where: { id: theirs.families } })
  const { number: asked } = await prisma.request.findUniqueOrThrow({ where: { id: theirs.requests } })
  const uuids = Object.entries({
    ...theirs,
    specialist: foreign.specialistId,
    joined: foreign.memberId,
  }).filter(([what, id]) => asks.has(what) && id !== missing)
  const stands = new Map<string, number>()
  for (const [, id] of uuids) stands.set(id, await rowsWith(world, id))
  /** Numbers, and ids that the schema does not show as such. */
  const numbers: Record<string, readonly [string, string][]> = {
    'POST /console/incoming/:id/family number': [[`${number}`, '999999']],
    'POST /console/data-requests/new number': [
      [`${number}`, '999999'],
      [asked, '2026-999999'],
    ],
    'POST /console/staff/:id/hand-over f': [[`${number}`, '999999']],
    'GET /console/staff/:id/hand-over f': [[`${number}`, '999999']],
    'POST /console/families/:id/consents children': [[theirs.members, missing]],
    'POST /console/requests/:id/papers children': [[theirs.members, missing]],
    'POST /console/find text': [[`${number}`, '999999']],
  }
  const wrong: string[] = []
  const tried: string[] = []
  for (const route of routes.filter(({ roles }) => roles !== null)) {
    const role = roleFor(route)
    const desk = desks[role]
    const fields = idsOf(route.method === 'GET' ? route.query : route.fields)
    const named = Object.keys(numbers).filter((one) => one.startsWith(`${nameOf(route)} `))
    if (fields.length + named.length === 0) continue
    let rows = await fresh(route, role)
    /** What was answered to an id of nobody, by its field, where nothing came of it. */
    const refused = new Map<string, Visited>()
    const send = async (
      typed: Record<string, string>,
      [field, value]: [string, string],
    ): Promise<Visited> => {
      const path = pathOf(route, rows)
      if (route.method === 'GET') {
        const url = new URL(path, 'http://console')
        url.searchParams.set(field, value)
        return desk.get(`${url.pathname}${url.search}`)
      }
      const answer = await desk.send(path, { ...typed, [field]: value })
      if (answer.status < 400) rows = await fresh(route, role)
      return answer
    }
    const compare = async (
      field: string,
      [theirOwn, nobodysOwn]: readonly [string, string],
      what: string,
    ) => {
      const of = `${role}: ${nameOf(route)} ${field} = ${what}`
      tried.push(of)
      const typed = { ...smallest(route), ...fitting[nameOf(route)]?.(rows) }
      const pair = `${field} ${nobodysOwn}`
      const none = refused.get(pair) ?? (await send(typed, [field, nobodysOwn]))
      if (route.method === 'GET' || none.status >= 400) refused.set(pair, none)
      const answer = await send(typed, [field, theirOwn])
      const [here, there] = [said(answer, theirOwn), said(none, nobodysOwn)]
      if (here !== there) wrong.push(`${of}: ${answer.status}, not ${none.status}: ${differing(here, there)}`)
      if (route.method === 'GET' || answer.status >= 400) return
      const [before, after] = [stands.get(theirOwn), await rowsWith(world, theirOwn)]
      if (before !== undefined && after !== before) wrong.push(`${of}: ${after} rows, not ${before}`)
    }
    for (const field of fields) for (const [what, id] of uuids) await compare(field, [id, missing], what)
    for (const one of named)
      for (const pair of numbers[one] ?? []) await compare(one.split(' ').at(-1) ?? '', pair, 'number')
  }
  // Without what is asked here nothing would be found.
  expect(new Set(tried.map((one) => one.split(' = ')[0])).size).toBeGreaterThan(40)
  expect(wrong).toEqual([])
})
