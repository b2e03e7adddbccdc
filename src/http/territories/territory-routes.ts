import { z } from 'zod'
import {
  addTerritory,
  longestName,
  renameTerritory,
  retire,
  TerritoryInUse,
} from '#features/territories/change-territories.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { spokenBeginning } from '#regions/territories.ts'
import { DomainError } from '#core/errors.ts'
import type { Reader } from '#storage/database.ts'
import { staffServing } from '#storage/staff/staff-lists.ts'
import { listTerritories, type StoredTerritory } from '#storage/territories/territories.ts'
import { HttpProblem } from '../problems.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { territoryCode } from '../territory-codes.ts'

const name = z.string().trim().min(2).max(longestName)
const names = z.strictObject({ ru: name, en: name }).describe('In the nominative; shown whole on buttons')
const settings = {
  called: z
    .array(spokenBeginning)
    .max(20)
    .describe(
      'Beginnings of the words by which people call it, in small letters, without the ending that changes with the case. Taken from the names if missing',
    ),
  town: z.array(spokenBeginning).max(20).describe('The same for the town that it is a part of'),
  areaCode: z
    .string()
    .regex(/^\d{3,5}$/)
    .describe('Of its landline telephones'),
}

const territorySchema = z
  .strictObject({
    code: z.string(),
    name: z.strictObject({ ru: z.string(), en: z.string() }),
    called: z.array(z.string()),
    town: z.array(z.string()),
    areaCode: z.string().nullable(),
    position: z.int().describe('Its place in lists, from the least'),
    retiredAt: z.iso.datetime().nullable().describe('Null: in use'),
    successor: z.string().nullable().describe('Code of the territory that took over its work'),
    staff: z
      .array(z.strictObject({ id: z.uuid(), role: z.string() }))
      .describe('Active members who serve it; of those the key can access'),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Territory' })

const params = z.strictObject({ code: territoryCode })
const centreWide =
  'Requires a key for all territories. The change is audited, and all instances know it within two seconds.'

export const serveTerritories = (api: Api): void => {
  readRoute(
    api,
    'GET /territories',
    'staff:read',
    {
      operationId: 'listTerritories',
      tag: 'Staff',
      summary: 'Lists the territories of the centre, and who serves them',
      description:
        'In display order, with those that are retired: what was done under their codes keeps its name. `other` is no territory.',
      answer: z.strictObject({ items: z.array(territorySchema) }).meta({ id: 'Territories' }),
    },
    async ({ deps, caller }) => {
      const all = await listTerritories(deps.database)
      return { body: { items: await toTerritories(deps.database, caller, all) } }
    },
  )

  writeRoute(
    api,
    'POST /territories',
    'staff:write',
    {
      operationId: 'createTerritory',
      tag: 'Staff',
      summary: 'Adds a territory at the end of the list',
      description: `Fails with \`already-open\` for a code that was ever used. ${centreWide}`,
      body: z.strictObject({
        code: territoryCode,
        name: names,
        called: settings.called.exactOptional(),
        town: settings.town.exactOptional(),
        areaCode: settings.areaCode.exactOptional(),
      }),
      status: 201,
      answer: territorySchema,
    },
    async (tx, { caller, body, now }) => {
      mustReachAll(caller)
      const added = await addTerritory(tx, { ...body, by: { apiKeyId: caller.keyId, now } })
      return { body: await toTerritory(tx, caller, added) }
    },
  )

  serveChanges(api)
}

const serveChanges = (api: Api): void => {
  writeRoute(
    api,
    'PATCH /territories/:code',
    'staff:write',
    {
      operationId: 'updateTerritory',
      tag: 'Staff',
      summary: 'Renames a territory, or changes how people call it',
      description: `The code stays; the new name also stands where the old one stood. ${centreWide}`,
      params,
      body: z
        .strictObject({ name: names, ...settings, position: z.int().min(0).max(1000) })
        .partial()
        .describe('At least the fields to be changed'),
      answer: territorySchema,
    },
    async (tx, { caller, params: { code }, body, now }) => {
      await mustExist(tx, code)
      mustReachAll(caller)
      const { name, called, town, areaCode, position } = body
      const changes = {
        ...(name && { name }),
        ...(called && { called }),
        ...(town && { town }),
        ...(areaCode !== undefined && { areaCode }),
        ...(position !== undefined && { position }),
      }
      const by = { apiKeyId: caller.keyId, now }
      return { body: await toTerritory(tx, caller, await renameTerritory(tx, { code, ...changes, by })) }
    },
  )

  writeRoute(
    api,
    'POST /territories/:code/retire',
    'staff:write',
    {
      operationId: 'retireTerritory',
      tag: 'Staff',
      summary: 'Retires a territory',
      description:
        'Nobody is offered it any more. With `successor` its open requests and families go to that territory, and its staff serve both; ' +
        `without it the call fails with \`territory-in-use\` if any are left, and \`errors\` counts them. ${centreWide}`,
      params,
      body: z.strictObject({ successor: territoryCode.exactOptional() }),
      answer: territorySchema,
    },
    async (tx, { caller, params: { code }, body: { successor: to = null }, now }) => {
      await mustExist(tx, code)
      mustReachAll(caller)
      try {
        const { territory } = await retire(tx, { code, to, by: { apiKeyId: caller.keyId, now } })
        return { body: await toTerritory(tx, caller, territory) }
      } catch (error) {
        if (!(error instanceof TerritoryInUse)) throw error
        const { staff, requests, families } = error.left
        const detail = `left in it: ${staff.length} staff, ${requests} open requests, ${families} families`
        throw new HttpProblem('territory-in-use', [{ pointer: '#/successor', detail }], { cause: error })
      }
    },
  )
}

const mustExist = async (reader: Reader, code: string): Promise<void> => {
  if (!(await listTerritories(reader)).some((one) => one.code === code)) throw new DomainError('not-found')
}

const mustReachAll = (caller: Caller): void => {
  if (caller.territories !== 'all') throw new DomainError('not-allowed')
}

const toTerritory = async (reader: Reader, caller: Caller, territory: StoredTerritory) => {
  const [shown] = await toTerritories(reader, caller, [territory])
  if (!shown) throw new Error('the territory is gone')
  return shown
}

const toTerritories = async (reader: Reader, caller: Caller, all: readonly StoredTerritory[]) => {
  const staff = await staffServing(reader, caller.territories)
  return all.map(({ areaCode = null, retiredAt, updatedAt, ...territory }) => ({
    ...territory,
    areaCode,
    retiredAt: retiredAt?.toISOString() ?? null,
    updatedAt: updatedAt.toISOString(),
    staff: staff
      .filter(({ territories }) => territories.includes(territory.code))
      .map(({ id, role }) => ({ id, role })),
  }))
}
