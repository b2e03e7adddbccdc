import { z } from 'zod'
import { publishYouSaidWeDid, retractYouSaidWeDid } from '#features/surveys/you-said-we-did.ts'
import { listYouSaidWeDid, type YouSaidWeDid } from '#storage/surveys/you-said-we-did.ts'
import { codeSchema } from '#surveys/schema.ts'
import { freeText } from '../free-text.ts'
import { instant } from '../instant.ts'
import { isoDay } from '../iso-day.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { mustReachOne, territoryCode } from '../territory-codes.ts'

/** Characters per text: a card shows three items. */
const longest = 300

const youSaidWeDidSchema = z
  .strictObject({
    id: z.uuid(),
    survey: z.string(),
    from: isoDay,
    until: isoDay,
    territory: z.string().nullable().describe('Null: all territories'),
    said: z.string(),
    done: z.string(),
    english: z.strictObject({ said: z.string(), done: z.string() }).nullable(),
    publishedAt: z.iso.datetime(),
  })
  .meta({ id: 'YouSaidWeDid' })

const cursor = cursorFor('said-done', z.strictObject({ publishedAt: instant, id: z.uuid() }))

/** «Вы сказали — мы сделали» (you said, we did): what the centre changed because of the answers. */
export const serveYouSaidWeDid = (api: Api): void => {
  readRoute(
    api,
    'GET /said-done',
    'surveys:read',
    {
      operationId: 'listYouSaidWeDid',
      tag: 'Surveys',
      summary: 'Lists published «You said, we did» items, newest first',
      query: z.strictObject({ ...pageQuery, survey: codeSchema.optional() }),
      answer: pageOf(youSaidWeDidSchema).meta({ id: 'YouSaidWeDidPage' }),
    },
    async ({ deps, caller: { territories }, query: { limit, survey, ...query } }) => {
      const after = cursor.read(query.cursor, survey)
      const filter = { territories, surveyCode: survey, after, limit: limit + 1 }
      const found = await listYouSaidWeDid(deps.database, filter)
      const items = found.slice(0, limit)
      const last = found.length > items.length ? items.at(-1) : undefined
      const nextCursor = last ? cursor.write({ publishedAt: last.publishedAt, id: last.id }, survey) : null
      return { body: { items: items.map(toShape), nextCursor } }
    },
  )

  writeRoute(
    api,
    'POST /said-done',
    'surveys:write',
    {
      operationId: 'publishYouSaidWeDid',
      tag: 'Surveys',
      summary: 'Publishes a «You said, we did» item',
      description:
        'Tells families what the centre changed because of their answers to a survey in a period. Appears in their menu, marked ' +
        'as new until opened. An item for all territories requires a key for all territories.',
      body: z.strictObject({
        survey: codeSchema,
        from: isoDay,
        until: isoDay,
        territory: territoryCode.optional().describe('Default: all territories'),
        said: freeText(longest).describe('What families said, in Russian'),
        done: freeText(longest).describe('What the centre did, in Russian'),
        english: z
          .strictObject({ said: freeText(longest), done: freeText(longest) })
          .optional()
          .describe('Texts for families who read English; default: the Russian texts'),
      }),
      status: 201,
      answer: youSaidWeDidSchema,
    },
    async (tx, { deps, caller, body: { survey, territory, english, ...rest }, now }) => {
      if (territory !== undefined) mustReachOne(deps.region, caller, territory)
      const item = {
        ...rest,
        surveyCode: survey,
        territory: territory ?? null,
        saidEn: english?.said ?? null,
        doneEn: english?.done ?? null,
      }
      return {
        body: toShape(
          await publishYouSaidWeDid(tx, { item, by: { caller }, timeZone: deps.region.timeZone, now }),
        ),
      }
    },
  )

  writeRoute(
    api,
    'DELETE /said-done/:id',
    'surveys:write',
    {
      operationId: 'takeBackYouSaidWeDid',
      tag: 'Surveys',
      summary: 'Withdraws an item, so that families no longer see it',
      params: z.strictObject({ id: z.uuid() }),
    },
    async (tx, { caller, params: { id }, now }) => {
      await retractYouSaidWeDid(tx, { id, by: { caller }, now })
      return { body: undefined }
    },
  )
}

const toShape = ({ id, surveyCode: survey, from, until, territory, said, done, ...item }: YouSaidWeDid) => ({
  ...{ id, survey, from, until, territory, said, done },
  english: item.saidEn !== null && item.doneEn !== null ? { said: item.saidEn, done: item.doneEn } : null,
  publishedAt: item.publishedAt.toISOString(),
})
