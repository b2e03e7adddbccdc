import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core'
import rulesets from '@stoplight/spectral-rulesets'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { loadTexts } from '#core/text.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { serveApi } from '#http/api.ts'
import { problemCodes } from '#http/problems.ts'
import { region } from '#regions/index.ts'
import { createSealer } from '#storage/seal.ts'
import { keyOf } from '../support/api.ts'
import { namedIn, openMatrix } from '../support/matrix.ts'
import { documentOf, type Route, routesOf } from '../support/openapi.ts'
import { territoriesIn } from '#test/support/territory-book.ts'
import { openWorld, testKeys, useWorld, type World } from '../support/world.ts'

const locales = new URL('../../locales/', import.meta.url).pathname

/** The same for whoever asks: nothing that these tests do changes it. */
const reading = useWorld()

test('the document passes the OpenAPI and Spectral rules', async () => {
  const world = await openWorld()
  const document = await documentOf(world)
  // Spectral holds up the event loop for longer than a statement may take.
  await world.app().stop()
  expect(document.openapi).toMatch(/^3\.1\./)
  const spectral = new spectralCore.Spectral()
  spectral.setRuleset({
    extends: [[rulesets.oas as RulesetDefinition, 'recommended']],
    rules: { 'oas3-schema': 'error' },
  })
  const found = await spectral.run(JSON.stringify(document))
  expect(found.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`)).toEqual([])
})

test('lists every route with its scope and a unique operation id, and every problem', async () => {
  const world = await reading()
  const document = await documentOf(world)
  const routes = routesOf(document)
  expect(routes.length).toBeGreaterThan(15)
  for (const { scope, operation } of routes) expect(scopes, operation.operationId).toContain(scope)
  const names = routes.map(({ operation }) => operation.operationId)
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(routes.map(({ operation }) => operation.summary)).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z]+([A-Z][a-z]+)*$/)
  for (const { operation } of routes) {
    expect(operation.responses.default?.content).toHaveProperty(['application/problem+json'])
  }
  for (const code of problemCodes) expect(document.info.description).toContain(`| \`${code}\` |`)
})

test('has an example of every operation and event, and the codes of the centre and its region', async () => {
  const world = await reading()
  const document = await documentOf(world)
  type Media = { example?: unknown; schema: unknown }
  type Told = {
    operationId: string
    'x-codeSamples'?: { source: string }[]
    requestBody?: { content: Record<string, Media> }
    responses: Record<string, { content?: Record<string, Media> }>
  }
  const all = Object.values(document.paths).flatMap((methods) => Object.values(methods)) as Told[]
  const without = all.flatMap(({ operationId, 'x-codeSamples': samples, requestBody, responses }) => {
    const bodies = [requestBody?.content, ...Object.entries(responses).map(([, { content }]) => content)]
    const media = bodies.flatMap((content) => content?.['application/json'] ?? [])
    const complete = samples?.[0]?.source.includes('curl') && media.every((one) => one.example !== undefined)
    return complete ? [] : [operationId]
  })
  expect(without).toEqual([])
  expect(document.components.schemas).toMatchObject({
    TerritoryCode: {
      anyOf: [{ enum: ['leninsky', 'oktyabrsky', 'promyshlenny', 'shpakovsky', 'other'] }, {}],
    },
    StageCode: { enum: region('stavropol').stages },
  })
  const { webhooks } = document as unknown as {
    webhooks: Record<string, { post: { requestBody: { content: Record<string, { schema: object }> } } }>
  }
  const schemaOf = (type: string) => webhooks[type]?.post.requestBody.content['application/json']?.schema
  expect(schemaOf('visit.moved')).toMatchObject({
    properties: { data: { properties: { visitId: { format: 'uuid' }, startsAt: { format: 'date-time' } } } },
  })
  expect(schemaOf('family.status_changed')).toMatchObject({
    properties: { data: { properties: { stage: { $ref: '#/components/schemas/StageCode' } } } },
  })
})

test('contains every served route', async () => {
  const world = await reading()
  const served: string[] = []
  const app = Fastify()
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') served.push(`${one} ${url}`)
  })
  serveApi(
    app,
    {
      database: world.database,
      sealer: createSealer(testKeys),
      region: region('stavropol'),
      texts: await loadTexts(locales),
      enqueue: async () => {},
      clock: world.clock,
      log: createLog('error'),
      botUsername: () => 'bot',
      organisation: () => ({ name: '', address: '', contact: '' }),
      consents: () => {
        throw new Error('no route is called here')
      },
      publicUrl: () => undefined,
      territories: territoriesIn(world.database),
      closing: new AbortController().signal,
      guard: { allowLoopback: false },
    },
    { botId: '1', conceal: (key) => key },
  )
  await app.ready()
  const routes = routesOf(await documentOf(world))
  const described = routes.map(({ method, path }) => `${method} /api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`)
  expect(served.filter((route) => route.includes('/api/v1')).toSorted()).toEqual(described.toSorted())
  await app.close()
})

test('declares required parts: a revision for shared resources, a media type for every body', async () => {
  const world = await reading()
  const routes = routesOf(await documentOf(world))
  const required = routes.flatMap(({ method, operation }) =>
    operation.parameters?.some(({ name, required }) => name === 'if-match' && required) ? [method] : [],
  )
  expect(required.length).toBeGreaterThan(0)
  expect(new Set(required)).toEqual(new Set(['PATCH']))
  for (const { method, operation } of routes) {
    const types = Object.keys(operation.requestBody?.content ?? {})
    if (types.length > 0) expect(types, operation.operationId).toEqual(['application/json'])
    if (method === 'GET') expect(types).toEqual([])
  }
})

/** What a request has to be for these routes, if not claimed. */
const states: Record<string, object> = {
  calmRequest: { urgent: true },
  concludeSafetyCheck: { status: 'withdrawn', safetyCheck: 'open' },
}

/** What a data request has to be for these. */
const dataRequestStates: Record<string, object> = {
  lookAtBlockedData: { restrictedAt: new Date('2026-11-24T07:00:00Z') },
  withdrawConsentOnPaper: { kind: 'withdrawal' },
}

/** Routes of a family whose support has ended. */
const afterTheEnd = ['acceptFamilyAgain', 'noteAfterSupport']

const end = async ({ database: { prisma }, clock }: World, familyId: string) => {
  const at = clock.now()
  await prisma.family.update({ where: { id: familyId }, data: { status: 'closed', closedAt: at } })
  await prisma.episode.updateMany({ where: { familyId }, data: { closedOn: at, contactAfter: true } })
}

/** A report that the text of this region does not demand: its headers are in reports/quarter-report.test.ts. */
const isElsewhere = ({ path }: Route) =>
  path.startsWith('/reports/{period}') ||
  // Nobody has answered it: in data-requests/data-requests.test.ts.
  path === '/data-requests/{id}/answer.pdf' ||
  // Their bodies name another request: in requests/merge.test.ts.
  /^\/requests\/\{id\}\/(?:merge|separate)$/.test(path)

/** Headers of every response. */
const anyway = /^(cache-control|connection|content-|date$|keep-alive|transfer-encoding)/

test('declares the headers that responses actually have', { timeout: 120_000 }, async () => {
  const { world, routes, own, ask } = await openMatrix()
  const { token } = await keyOf(world)
  const named = (route: Route, status: string) =>
    Object.keys(route.operation.responses[status]?.headers ?? {}).map((name) => name.toLowerCase())
  for (const route of routes.filter((one) => !isElsewhere(one))) {
    const rows = await own.fresh(namedIn(route))
    const state = states[route.operation.operationId]
    if (state) await world.database.prisma.request.update({ where: { id: rows.requests }, data: state })
    const data = dataRequestStates[route.operation.operationId]
    if (data) await world.database.prisma.dataRequest.update({ where: { id: rows['data-requests'] }, data })
    if (afterTheEnd.includes(route.operation.operationId)) await end(world, rows.families)
    const done = await ask(route, { token, rows })
    const come = [...done.headers.keys()].filter((name) => !anyway.test(name))
    const asked = `${route.operation.operationId}: ${done.status}`
    expect([asked, come]).toEqual([asked, named(route, String(done.status)).toSorted()])
    const refused = await ask(route, {})
    expect(named(route, 'default')).toEqual(expect.arrayContaining(['www-authenticate', 'retry-after']))
    const unexpected = [...refused.headers.keys()].filter((name) => !anyway.test(name))
    expect(named(route, 'default')).toEqual(expect.arrayContaining(unexpected))
  }
})

test('accepts a language where the response has localized texts', async () => {
  const routes = routesOf(await documentOf(await reading()))
  const worded = routes.filter(({ operation }) =>
    operation.parameters?.some(({ name }) => name === 'accept-language'),
  )
  const answers = ({ operation }: Route) =>
    JSON.stringify(Object.entries(operation.responses).filter(([status]) => status !== 'default'))
  const inWords = routes.filter((route) =>
    /schemas\/(Request|RoutingVerdict|RoutingReason|FamilyMemberLink|SurveyAnswerPage|Register|RegisterList|QuarterReport|HandedInReport)"|image\/svg|spreadsheetml|application\/pdf/.test(
      answers(route),
    ),
  )
  expect(worded.length).toBeGreaterThan(5)
  expect(worded).toEqual(inWords)
})

test('documents what clients cannot guess', async () => {
  const { info, components, paths } = await documentOf(await reading())
  expect(info.description).toContain('`npm run ryadom -- key create`')
  expect(paths['/api/v1/routing/dry-run']?.post?.description).toContain('changes nothing')
  for (const name of ['Request', 'RequestItem', 'StaffMember', 'WebhookEndpoint']) {
    expect(components.schemas[name]?.properties?.revision?.description, name).toContain('in quotes')
  }
  const detail = components.schemas.RequestEvent?.properties?.detail?.description
  for (const kind of ['stage', 'closed', 'escalated', 'absence']) expect(detail).toContain(`\`${kind}\``)
})
