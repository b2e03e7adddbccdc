import { z } from 'zod'
import { levelSchema } from '#http/families/family-schemas.ts'
import {
  cadenceForCaller,
  cadenceViews,
  familiesLackingVisits,
  owedOf,
} from '#features/visits/cadence-api.ts'
import type { CadenceOfFamily } from '#features/visits/cadence-of-family.ts'
import type { CadencePart } from '#features/visits/cadence-parts.ts'
import type { Region } from '#regions/schema.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { type Api, readRoute } from '../staff-route.ts'

const partSchema = z
  .strictObject({
    per: z.enum(['week', 'month']).describe('ISO week or calendar month'),
    from: z.iso.date(),
    until: z.iso
      .date()
      .describe(
        'Last day; a part that is cut by the beginning, the end or a change of level asks for its share',
      ),
    level: levelSchema,
    atLeast: z.int().describe('Visits that the rule asks for'),
    atMost: z.int(),
    done: z.int().describe('Visits that took place'),
    owed: z.int().describe('`atLeast` less `done`, not below 0'),
  })
  .meta({ id: 'CadencePart' })

const cadenceSchema = z
  .strictObject({
    clause: z
      .string()
      .nullable()
      .describe("Clause of the region's regulation; null: a default, because the regulation is silent"),
    now: partSchema.describe('The week or month that runs today, or the last one of a help that has ended'),
    scheduled: z.int().describe('Visits of it that are still planned'),
    before: partSchema.nullable().describe('The last one that is over'),
    over: z.int().describe('Weeks or months of this help that are over'),
    short: z.int().describe('In how many of them there were too few visits'),
  })
  .meta({ id: 'Cadence' })

const lackingSchema = z
  .strictObject({
    familyId: z.uuid(),
    number: z.int(),
    territory: z.string(),
    curatorId: z.uuid().nullable(),
    cadence: cadenceSchema,
  })
  .meta({ id: 'FamilyLackingVisits' })

const cursor = cursorFor('cadence', z.strictObject({ number: z.int() }))

export const serveCadence = (api: Api): void => {
  readRoute(
    api,
    'GET /families/:id/cadence',
    'visits:read',
    {
      operationId: 'getCadence',
      tag: 'Visits',
      summary: 'Tells how many visits the level of a family asks for, and how many there were',
      description:
        'By ISO week or calendar month since the help began. `cadence` is null before that, and for a family without a level.',
      params: z.strictObject({ id: z.uuid() }),
      answer: z.strictObject({ cadence: cadenceSchema.nullable() }).meta({ id: 'CadenceOfFamily' }),
    },
    async ({ deps, caller, params: { id }, now }) => {
      const found = await cadenceForCaller(deps.database, deps.region, { caller, id, now })
      return { body: { cadence: found && toCadence(deps.region, found) } }
    },
  )

  readRoute(
    api,
    'GET /cadence',
    'visits:read',
    {
      operationId: 'listFamiliesLackingVisits',
      tag: 'Visits',
      summary: 'Lists the families under support that lack visits',
      description:
        'By number. A page may have fewer items than `limit`, or none, and still a `nextCursor`: two thousand families are looked at for each.',
      query: z.strictObject({
        ...pageQuery,
        show: z
          .enum(cadenceViews)
          .default('short')
          .describe(
            '`short`: too few in the last week or month that is over; `owed`: some are still to come in the running one',
          ),
      }),
      answer: pageOf(lackingSchema).meta({ id: 'FamilyLackingVisitsPage' }),
    },
    async ({ deps: { database, region }, caller, query: { limit, cursor: given, show }, now }) => {
      const after = cursor.read(given, show)?.number ?? 0
      const { items, next } = await familiesLackingVisits(database, region, {
        caller,
        show,
        after,
        limit,
        now,
      })
      return {
        body: {
          items: items.map(({ id, number, territory, curatorId, kept }) => ({
            ...{ familyId: id, number, territory, curatorId },
            cadence: toCadence(region, kept),
          })),
          nextCursor: next === null ? null : cursor.write({ number: next }, show),
        },
      }
    },
  )
}

type Part = CadencePart & { done: number }

const toPart = ({ per, from, until, level, atLeast, atMost, done }: Part) => ({
  ...{ per, from, until, level, atLeast, atMost, done },
  owed: owedOf({ atLeast, done }),
})

const toCadence = (
  { visitCadence }: Pick<Region, 'visitCadence'>,
  { now, before, scheduled, over, short }: CadenceOfFamily,
): z.output<typeof cadenceSchema> => {
  const { source } = visitCadence[now.level]
  return {
    clause: source === 'default' ? null : source.clause,
    now: toPart(now),
    before: before && toPart(before),
    ...{ scheduled, over, short },
  }
}
