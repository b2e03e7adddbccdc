import { z } from 'zod'
import { publishYouSaidWeDid, retractYouSaidWeDid } from '#features/surveys/you-said-we-did.ts'
import { listYouSaidWeDid, type YouSaidWeDid } from '#storage/surveys/you-said-we-did.ts'
import { codeSchema } from '#surveys/schema.ts'
import { instant } from '../instant.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { mustReachOne, territoryCode } from '../territories.ts'
import { freeText } from '../free-text.ts'

const day = z.iso.date()
/** So long an item may be: three stand on a card. */
const longest = 300

const youSaidWeDidSchema = z
  .strictObject({
    id: z.uuid(),
    survey: z.string(),
    from: day,
    until: day,
    territory: z.string().nullable().describe('Null: for the families of all territories'),
    said: z.string(),
    done: z.string(),
    english: z.strictObject({ said: z.string(), done: z.string() }).nullable(),
    publishedAt: z.iso.datetime(),
  })
  .meta({ id: 'SaidDone' })

const cursor = cursorFor('said-done', z.strictObject({ publishedAt: instant, id: z.uuid() }))

/** «Вы сказали — мы сделали»: what came of the answers. */
export const serveYouSaidWeDid = (api: Api): void => {
  readRoute(
    api,
    'GET /said-done',
    'surveys:read',
    {
      operationId: 'listSaidDone',
      tag: 'Surveys',
      summary: 'What families were told came of their answers, the newest first',
      query: z.strictObject({ ...pageQuery, survey: codeSchema.optional() }),
      answer: pageOf(youSaidWeDidSchema).meta({ id: 'SaidDonePage' }),
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
      operationId: 'publishSaidDone',
      tag: 'Surveys',
      summary: 'Tells families what came of their answers',
      description:
        'Linked to a survey and the period of its answers. They find it in their menu, marked as new until they have looked. An item for all territories needs a key of all of them.',
      body: z.strictObject({
        survey: codeSchema,
        from: day,
        until: day,
        territory: territoryCode.optional().describe('Left out: for the families of all territories'),
        said: freeText(longest).describe('What families said, in Russian'),
        done: freeText(longest).describe('What the centre did, in Russian'),
        english: z
          .strictObject({ said: freeText(longest), done: freeText(longest) })
          .optional()
          .describe('For families who read English; left out: they read the Russian words'),
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
      operationId: 'takeBackSaidDone',
      tag: 'Surveys',
      summary: 'Takes an item back: families do not see it any more',
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
