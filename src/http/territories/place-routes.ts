import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { addPlace, changePlace, dropPlace, placeTopics } from '#features/guide/places.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { type Place, placeAudiences, placeContent, placesIn } from '#storage/guide/places.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { mustReachOne, territoryCode } from '../territory-codes.ts'

const params = z.strictObject({ placeId: z.uuid() })
const fields = {
  territory: territoryCode.nullable().describe('Null: everywhere'),
  audience: z.enum(placeAudiences).describe('Who reads of it'),
  topics: z
    .array(z.enum(placeTopics as [string, ...string[]]))
    .max(placeTopics.length)
    .describe('Topics of the guide beside which it stands; it stands in the whole list as well'),
  content: z.strictObject(placeContent.shape).meta({ id: 'PlaceContent' }),
}
const placeSchema = z
  .strictObject({
    id: z.uuid(),
    position: z.int(),
    ...fields,
    territory: z.string().nullable(),
    topics: z.array(z.string()),
    updatedAt: z.iso.datetime().describe('Families read when it was last checked'),
  })
  .meta({ id: 'Place' })
const listSchema = z.strictObject({ items: z.array(placeSchema) }).meta({ id: 'Places' })

const reached = async (reader: Reader, caller: Caller): Promise<Place[]> =>
  (await placesIn(reader)).filter(
    ({ territory }) => territory === null || reachesTerritory(caller, territory),
  )

const toList = async (reader: Reader, caller: Caller) => ({
  body: {
    items: (await reached(reader, caller)).map(({ updatedAt, ...place }) => ({
      ...place,
      updatedAt: updatedAt.toISOString(),
    })),
  },
})

/** Those for everywhere are for keys of all territories. */
const mustKeepThere = (region: Region, caller: Caller, territory: string | null): void => {
  if (territory !== null) mustReachOne(region, caller, territory)
  else if (caller.territories !== 'all') throw new DomainError('not-allowed')
}

/** Throws `not-found` for a place of another territory, as for none. */
const placeFor = async (reader: Reader, caller: Caller, placeId: string): Promise<void> => {
  const place = (await reached(reader, caller)).find(({ id }) => id === placeId)
  if (!place) throw new DomainError('not-found')
  if (place.territory === null && caller.territories !== 'all') throw new DomainError('not-allowed')
}

const known = 'Families read it within five seconds. Audited as `places.changed`.'

export const servePlaces = (api: Api): void => {
  readRoute(
    api,
    'GET /places',
    'staff:read',
    {
      operationId: 'listPlaces',
      tag: 'Staff',
      summary: 'Lists where families can turn to outside the centre, in display order',
      description: "Those of the key's territories, and those for everywhere.",
      answer: listSchema,
    },
    ({ deps, caller }) => toList(deps.database, caller),
  )

  writeRoute(
    api,
    'POST /places',
    'staff:write',
    {
      operationId: 'addPlace',
      tag: 'Staff',
      summary: 'Adds a place at the end of the list',
      description: `Enter only numbers and hours that the centre has confirmed. ${known}`,
      body: z.strictObject(fields),
      status: 201,
      answer: listSchema,
    },
    async (tx, { deps, caller, body, now }) => {
      mustKeepThere(deps.region, caller, body.territory)
      await addPlace(tx, { ...body, by: { apiKeyId: caller.keyId }, region: deps.region, now })
      return toList(tx, caller)
    },
  )

  writeRoute(
    api,
    'PATCH /places/:placeId',
    'staff:write',
    {
      operationId: 'changePlace',
      tag: 'Staff',
      summary: 'Changes a place, or its place in the list; an empty change says that it was checked',
      description: known,
      params,
      body: z.strictObject({ ...fields, position: z.int().min(0).max(10_000) }).partial(),
      answer: listSchema,
    },
    async (tx, { deps, caller, params: { placeId }, body, now }) => {
      await placeFor(tx, caller, placeId)
      if (body.territory !== undefined) mustKeepThere(deps.region, caller, body.territory)
      const changes = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
      await changePlace(tx, {
        ...changes,
        ...{ id: placeId, by: { apiKeyId: caller.keyId }, region: deps.region, now },
      })
      return toList(tx, caller)
    },
  )

  writeRoute(
    api,
    'DELETE /places/:placeId',
    'staff:write',
    { operationId: 'removePlace', tag: 'Staff', summary: 'Removes a place', description: known, params },
    async (tx, { caller, params: { placeId }, now }) => {
      await placeFor(tx, caller, placeId)
      await dropPlace(tx, { id: placeId, by: { apiKeyId: caller.keyId }, now })
      return { body: undefined }
    },
  )
}
