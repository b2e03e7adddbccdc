import { z } from 'zod'
import { languages } from '#core/text.ts'
import { dryRun } from '#features/routing/routing-dry-run.ts'
import { namesForCaller } from '#features/staff/staff-api.ts'
import { reasonSchema, toReason } from '../reason.ts'
import { type Api, readRoute } from '../staff-route.ts'
import { mustReachOne, territoryCode } from '../territory-codes.ts'

const namedSchema = z.strictObject({ id: z.uuid(), name: z.string() }).meta({ id: 'NamedMember' })

const verdictSchema = z
  .strictObject({
    choice: namedSchema
      .nullable()
      .describe('The member who would get the request; null: nobody is eligible, `fallback` is notified'),
    reason: reasonSchema,
    next: z.array(namedSchema).describe('The next candidates, in order'),
    fallback: z.array(namedSchema),
    cardAt: z.iso
      .datetime()
      .nullable()
      .describe('When the chosen member is notified; an ordinary request waits for their duty hours'),
    escalateAt: z.iso.datetime().describe('When an unclaimed request is escalated'),
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
      summary: 'Simulates the routing of a request',
      description:
        'The call changes nothing; it is a POST to keep the input out of URLs. Besides the chosen member, names only members that ' +
        'the key can access.',
      localized: true,
      body: z.strictObject({
        territory: territoryCode,
        urgent: z.boolean().default(false),
        minor: z.boolean().default(false).describe('Whether the applicant is a minor'),
        language: z.enum(languages).default('ru').describe('Language of the family'),
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
