import { z } from 'zod'
import { languages } from '#core/text.ts'
import { dryRun } from '#features/routing/routing-dry-run.ts'
import { namesForCaller } from '#features/staff/staff-api.ts'
import { reasonSchema, toReason } from '../reason.ts'
import { type Api, readRoute } from '../staff-route.ts'
import { mustReachOne, territoryCode } from '../territories.ts'

const namedSchema = z.strictObject({ id: z.uuid(), name: z.string() }).meta({ id: 'NamedMember' })

const verdictSchema = z
  .strictObject({
    choice: namedSchema.nullable().describe('Null: nobody can be given it, and `fallback` is told'),
    reason: reasonSchema,
    next: z.array(namedSchema).describe('Who would come after the choice, in this order'),
    fallback: z.array(namedSchema),
    cardAt: z.iso
      .datetime()
      .nullable()
      .describe('When the choice is shown it: an ordinary one waits for their duty hours'),
    escalateAt: z.iso.datetime().describe('When it goes on to the next one, unless somebody claims it'),
  })
  .meta({ id: 'RoutingVerdict' })

export const serveRouting = (api: Api): void =>
  readRoute(
    api,
    'POST /routing/dry-run',
    'routing:read',
    {
      operationId: 'dryRunRouting',
      tag: 'Routing',
      summary: 'Who would get such a request now, why, and when',
      description:
        'A POST that changes nothing: what is asked stands in no address. Only members whom the key may see are ' +
        'named, beside the choice.',
      localized: true,
      body: z.strictObject({
        territory: territoryCode,
        urgent: z.boolean().default(false),
        minor: z.boolean().default(false).describe('The applicant is a minor'),
        language: z.enum(languages).default('ru').describe('The language that the family reads'),
      }),
      answer: verdictSchema,
    },
    async ({ deps, caller, body, now, say }) => {
      mustReachOne(deps.region, caller, body.territory)
      const { choice, reason, next, fallback, cardAt, escalateAt } = await dryRun(deps.database, deps, {
        ...body,
        now,
      })
      const others = [...next, ...fallback, ...reason.others.map(({ id }) => id)]
      const names = await namesForCaller(deps.database, caller, others, [choice])
      const named = (ids: readonly (string | null)[]) =>
        ids.flatMap((id) => {
          const name = names.get(id ?? '')
          return id === null || name === undefined ? [] : [{ id, name }]
        })
      return {
        body: {
          choice: named([choice])[0] ?? null,
          reason: toReason(say, { staffId: choice, reason }, names),
          next: named(next),
          fallback: named(fallback),
          cardAt: cardAt?.toISOString() ?? null,
          escalateAt: escalateAt.toISOString(),
        },
      }
    },
  )
