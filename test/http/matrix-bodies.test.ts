import { expect, test } from 'vitest'
import { keyOf } from '../support/api.ts'
import { bodySchemaOf } from '../support/bodies.ts'
import { openMatrix, requiredQuery } from '../support/matrix.ts'
import type { Route, Schema } from '../support/openapi.ts'

/** Hundreds of calls, on a possibly busy machine. */
const long = { timeout: 90_000 }

const nameOf = ({ method, path }: Route) => `${method} ${path}`
const json = 'application/json'
const isDay = ({ format, anyOf = [] }: Schema): boolean => format === 'date' || anyOf.some(isDay)
const problemIn = (text: string) =>
  JSON.parse(text) as { type: string; errors?: { pointer?: string; parameter?: string; detail: string }[] }

test('every route with a body reports its errors and changes nothing', long, async () => {
  const { world, routes, own, ask, bodyFor } = await openMatrix()
  const { token } = await keyOf(world)
  const rows = await own.fresh()
  const writes = routes.filter(({ method }) => method !== 'GET')
  expect(writes.length).toBeGreaterThan(15)
  for (const route of writes) {
    const send = async (text: string, type = json) => {
      const { status, text: told } = await ask(route, { token, rows, raw: { text, type } })
      return { status, ...problemIn(told) }
    }
    const body = bodyFor(route) as object | undefined
    const name = nameOf(route)
    expect(await send(JSON.stringify({ ...body, 'a/b~c': 'red' })), name).toMatchObject({
      status: 422,
      type: '/api/problems/invalid-input',
      errors: [{ pointer: '#/a~1b~0c', detail: 'unknown field' }],
    })
    expect(await send('{"name": '), name).toMatchObject({ status: 400, type: '/api/problems/unreadable' })
    expect(await send('{"__proto__": {}}'), name).toMatchObject({ status: 400 })
    expect(await send('hello', 'text/plain'), name).toMatchObject({
      status: 415,
      type: '/api/problems/media-type',
    })
    expect(await send('a=b', 'application/x-www-form-urlencoded'), name).toMatchObject({ status: 415 })
    expect(await send(`"${'a'.repeat(1_048_576)}"`), name).toMatchObject({
      status: 413,
      type: '/api/problems/too-large',
    })
    for (const wrong of ['[]', '"text"', 'null', '7']) {
      if (!bodySchemaOf(route.operation) && ['[]', 'null'].includes(wrong)) continue
      expect(await send(wrong), `${name} ${wrong}`).toMatchObject({ status: 422, errors: [{ pointer: '#' }] })
    }
  }
  const { prisma } = world.database
  expect(await prisma.auditEntry.count({ where: { apiKeyId: { not: null } } })).toBe(0)
  expect(await prisma.request.findUniqueOrThrow({ where: { id: rows.requests } })).toMatchObject({
    status: 'claimed',
    revision: 0,
  })
})

test('every field is validated by name and type', async () => {
  const { world, routes, own, ask, bodyFor } = await openMatrix()
  const { token } = await keyOf(world)
  const rows = await own.fresh()
  let fields = 0
  for (const route of routes) {
    const schema = bodySchemaOf(route.operation)
    const body = bodyFor(route) as Record<string, unknown>
    for (const [field, of] of Object.entries(schema?.properties ?? {})) {
      fields += 1
      // PostgreSQL has no year 0.
      for (const given of [{ no: 'such' }, ...(isDay(of) ? ['0000-01-01'] : [])]) {
        const text = JSON.stringify({ ...body, [field]: given })
        const wrong = await ask(route, { token, rows, raw: { text, type: json } })
        expect(wrong.status, `${nameOf(route)} ${field}`).toBe(422)
        const pointers = problemIn(wrong.text).errors?.map(({ pointer }) => pointer) ?? []
        expect(
          pointers.some((pointer) => pointer?.startsWith(`#/${field}`)),
          `${nameOf(route)} ${pointers}`,
        ).toBe(true)
      }
      if (!schema?.required?.includes(field)) continue
      const { [field]: _, ...rest } = body
      const without = await ask(route, { token, rows, raw: { text: JSON.stringify(rest), type: json } })
      expect([without.status, problemIn(without.text).errors?.[0]?.pointer]).toEqual([422, `#/${field}`])
    }
  }
  expect(fields).toBeGreaterThan(20)
})

test('a territory outside the key is rejected like an unknown one', async () => {
  const { world, routes, own, foreign, ask, bodyFor } = await openMatrix()
  const { token } = await keyOf(world, { territories: [own.code] })
  const rows = await own.fresh()
  const naming = routes.filter(({ operation }) =>
    ['territory', 'territories'].some((field) => field in (bodySchemaOf(operation)?.properties ?? {})),
  )
  expect(naming.length).toBeGreaterThan(3)
  for (const route of naming) {
    const ofTerritory = async (code: string) => {
      const text = JSON.stringify(bodyFor(route, { territory: code, territories: [code] }))
      const told = await ask(route, { token, rows, raw: { text, type: json } })
      return [told.status, told.text]
    }
    expect(await ofTerritory(foreign.code), nameOf(route)).toEqual(await ofTerritory('atlantis'))
    expect((await ofTerritory(foreign.code))[0], nameOf(route)).toBe(422)
  }
})

test('every query parameter is validated by type, and unknown ones are rejected', async () => {
  const { world, routes, own, ask } = await openMatrix()
  const { token } = await keyOf(world)
  const rows = await own.fresh()
  for (const route of routes) {
    const { parameters = [] } = route.operation
    const queries = parameters.filter((one) => one.in === 'query')
    const wrongs = queries.map(({ name }) => [name, '%00%F0%9F%98%80'] as const)
    const days = queries.flatMap(({ name, schema }) => (isDay(schema) ? [[name, '0000-01-01'] as const] : []))
    for (const [name, wrong] of [...wrongs, ...days, ['colour', 'red'] as const]) {
      const others = new URLSearchParams(requiredQuery(route.path))
      others.delete(name)
      const path = `${route.path}?${name}=${wrong}&${others}`
      const told = await ask({ ...route, path }, { token, rows })
      expect(told.status, `${nameOf(route)} ${name}`).toBe(422)
      // A required one can also be missing.
      const blamed = problemIn(told.text).errors?.map(({ parameter }) => parameter)
      expect(blamed, nameOf(route)).toContain(name)
    }
  }
})
