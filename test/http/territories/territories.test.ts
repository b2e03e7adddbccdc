import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { operatorOf } from '#test/support/operator.ts'
import { problem } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

test('keys add, rename and retire territories, and everything that names one follows at once', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const near = await keyOf(world, { territories: ['leninsky'] })
  const name = { ru: 'Кочубеевский округ', en: 'Kochubeevsky district' }
  expect(await near.post('/territories', { code: 'kochubeevsky', name })).toMatchObject(
    problem('not-allowed', 409),
  )
  expect(await key.post('/territories', { code: 'kochubeevsky', name })).toMatchObject({
    status: 201,
    body: { code: 'kochubeevsky', name, called: ['кочубеевск', 'kochubeevsk'], staff: [], retiredAt: null },
  })
  expect(await key.post('/territories', { code: 'kochubeevsky', name })).toMatchObject(
    problem('already-open', 409),
  )
  expect(await key.post('/territories', { code: 'other', name })).toMatchObject(problem('already-open', 409))
  const long = { ...name, ru: 'Шпаковский муниципальный округ края' }
  expect(await key.post('/territories', { code: 'too-long', name: long })).toMatchObject(
    problem('invalid-input', 422),
  )

  // Staff, keys, families and filters take the new code, and the document lists it.
  const hired = await key.post('/staff', { name: 'Вера', role: 'intake', territories: ['kochubeevsky'] })
  expect(hired.status).toBe(201)
  const family = await key.post('/families', { territory: 'kochubeevsky' })
  expect(family).toMatchObject({ status: 201, body: { territory: 'kochubeevsky' } })
  const codes = async () => {
    const document = await fetch(new URL('/api/openapi.json', world.app().url))
    const { components } = (await document.json()) as {
      components: { schemas: { TerritoryCode: { anyOf: { enum?: string[] }[] } } }
    }
    return components.schemas.TerritoryCode.anyOf[0]?.enum
  }
  expect(await codes()).toContain('kochubeevsky')

  const renamed = await key.patch('/territories/kochubeevsky', {
    name: { ru: 'Кочубеевское', en: 'Kochubeevskoye' },
  })
  expect(renamed).toMatchObject({
    status: 200,
    body: { name: { ru: 'Кочубеевское' }, staff: [{ role: 'intake' }] },
  })
  expect((renamed.body as { called: string[] }).called).toContain('кочубеевск')
  expect(await key.patch('/territories/atlantis', { position: 1 })).toMatchObject(problem('not-found', 404))

  const left = await key.post('/territories/kochubeevsky/retire', {})
  expect(left).toMatchObject({
    ...problem('territory-in-use', 409),
    body: { errors: [{ detail: 'left in it: 1 staff, 0 open requests, 1 families' }] },
  })
  expect(await key.post('/territories/kochubeevsky/retire', { successor: 'kochubeevsky' })).toMatchObject(
    problem('not-eligible', 409),
  )
  expect(await key.post('/territories/kochubeevsky/retire', { successor: 'leninsky' })).toMatchObject({
    body: { successor: 'leninsky' },
  })
  const { id } = family.body as { id: string }
  expect(await key.get(`/families/${id}`)).toMatchObject({ body: { territory: 'leninsky' } })
  // It is offered to nobody, and old rows are still found by it.
  expect(await key.post('/families', { territory: 'kochubeevsky' })).toMatchObject(
    problem('invalid-input', 422),
  )
  expect(await codes()).toContain('kochubeevsky')
  expect((await key.get('/requests?territory=kochubeevsky')).status).toBe(200)
})

test('the last territory stays, and an operator gives staff a territory only if it is in use', async () => {
  const world = await openWorld()
  const { command } = await operatorOf(world)
  for (const code of ['leninsky', 'oktyabrsky', 'promyshlenny'])
    await command({ name: 'territory-retire', code })
  await expect(command({ name: 'territory-retire', code: 'shpakovsky' })).rejects.toThrow(
    'between one and sixty',
  )
  await expect(
    command({ name: 'staff-add', staffName: 'Анна', role: 'intake', territories: ['leninsky'] }),
  ).rejects.toThrow('Unknown territory: leninsky. Known territories: shpakovsky, other')
})
