import { z } from 'zod'
import { familyForCaller, lockFamilyForCaller } from '#features/families/families-api.ts'
import { addFact, endFact } from '#features/families/safety-facts.ts'
import { safetyRecord } from '#features/families/safety-override.ts'
import { safetyOverrideKinds } from '#storage/families/safety-facts.ts'
import { instant } from '../instant.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { safetyFactSchema, toSafetyFact } from './family-schemas.ts'

const recordSchema = z
  .strictObject({
    facts: z.array(safetyFactSchema).describe('Also those that have ended, oldest first'),
    overrides: z
      .array(
        z
          .strictObject({
            id: z.uuid(),
            kind: z
              .enum(safetyOverrideKinds)
              .describe('`invite`: an adult was invited; `audience`: adults may see what is for the minor'),
            subjectId: z.uuid().nullable().describe('The invited member, or the visit'),
            reason: z.string(),
            at: z.iso.datetime(),
            staffId: z.uuid().nullable(),
            apiKeyId: z.uuid().nullable(),
          })
          .meta({ id: 'SafetyOverride' }),
      )
      .describe('What was done against a warning, and why; oldest first'),
  })
  .meta({ id: 'SafetyRecord' })

export const serveSafety = (api: Api): void => {
  readRoute(
    api,
    'GET /families/:id/safety',
    'families:details',
    {
      operationId: 'getFamilySafety',
      tag: 'Families',
      summary: 'Returns all safety facts of a family, and what was done against them',
      description: 'Every call is audited as `family.safety`.',
      params: z.strictObject({ id: z.uuid() }),
      answer: recordSchema,
      audited: true,
    },
    ({ deps, caller, params: { id }, now }) =>
      deps.database.transaction(async (tx) => {
        await familyForCaller(tx, { caller, id })
        const by = { apiKeyId: caller.keyId }
        const { facts, overrides } = await safetyRecord(tx, deps, { familyId: id, by, now })
        const reasons = overrides.map(({ familyId: _, at, ...one }) => ({ ...one, at: at.toISOString() }))
        return { body: { facts: facts.map(toSafetyFact), overrides: reasons } }
      }),
  )

  writeRoute(
    api,
    'POST /families/:id/members/:memberId/safety',
    'families:write',
    {
      operationId: 'addSafetyFact',
      tag: 'Families',
      summary: 'Adds a safety fact about a family member',
      description:
        'Facts of an accepted request are copied by themselves. `parents-unsafe` is for minors only. With `no-messages` the ' +
        'member gets no notifications. Audited as `family.safety-changed`.',
      params: z.strictObject({ id: z.uuid(), memberId: z.uuid() }),
      body: z.strictObject({
        fact: z.enum(['no-calls', 'no-messages', 'parents-unsafe']),
        until: instant.nullable().optional().describe('Null: until further notice'),
      }),
      status: 201,
      answer: safetyFactSchema,
    },
    async (tx, { deps, caller, params: { id, memberId }, body: { fact: kind, until = null }, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const by = { apiKeyId: caller.keyId }
      return { body: toSafetyFact(await addFact(tx, deps, { family, memberId, kind, until, by, now })) }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/safety/:factId/end',
    'families:write',
    {
      operationId: 'endSafetyFact',
      tag: 'Families',
      summary: 'Ends a safety fact',
      description: 'The fact and its end are kept. Audited as `family.safety-changed`.',
      params: z.strictObject({ id: z.uuid(), factId: z.uuid() }),
      answer: safetyFactSchema,
    },
    async (tx, { deps, caller, params: { id, factId }, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const by = { apiKeyId: caller.keyId }
      return { body: toSafetyFact(await endFact(tx, deps, { family, factId, by, now })) }
    },
  )
}
