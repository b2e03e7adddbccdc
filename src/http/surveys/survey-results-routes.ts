import { z } from 'zod'
import { maskWords } from '#features/surveys/mask.ts'
import { surveyResults } from '#features/surveys/results/results.ts'
import { singleAnswers } from '#features/surveys/results/single-answers.ts'
import { helpKinds } from '#regions/schema.ts'
import { supportLevels } from '#storage/families/families.ts'
import { codeSchema } from '#surveys/schema.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { type Api, readRoute } from '../staff-route.ts'
import { territoryCode } from '../territory-codes.ts'
import { resultsSchema, singleSetSchema } from './survey-results-schemas.ts'

const params = z.strictObject({ code: codeSchema })

/** Five years. */
const mostMonths = 60
const month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'must be a month, YYYY-MM')
const placeOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5))

export const resultsQuery = z
  .strictObject({
    from: month,
    until: month.describe('Last month, inclusive'),
    territory: territoryCode.optional(),
    level: z.enum([...supportLevels, 'none']).optional(),
    helpKind: z.enum(helpKinds).optional(),
    curatorId: z.union([z.uuid(), z.literal('none')]).optional(),
    version: z
      .string()
      .regex(/^[1-9]\d{0,5}$/)
      .transform(Number)
      .optional()
      .describe('Limits the results to questions of this version; default: all versions'),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'must not be before `from`' })
  .refine(({ from, until }) => placeOf(until) - placeOf(from) < mostMonths, {
    path: ['until'],
    message: `must be less than ${mostMonths} months after \`from\``,
  })
  .refine(
    ({ level, helpKind, curatorId }) =>
      [level, helpKind, curatorId].filter((one) => one !== undefined).length < 2,
    { path: ['level'], message: 'only one of level, helpKind and curatorId is allowed' },
  )

const cursor = cursorFor('survey-answers', z.strictObject({ week: z.iso.date(), id: z.uuid() }))

/** Survey results: aggregated, and single answer sets for keys with `surveys:answers`. */
export const serveSurveyResults = (api: Api): void => {
  readRoute(
    api,
    'GET /surveys/:code/results',
    'surveys:read',
    {
      operationId: 'getSurveyResults',
      tag: 'Surveys',
      summary: 'Returns aggregated survey results',
      description:
        'Covers whole months. Can be filtered by territory, and by one of level, kind of help and curator. Includes answers of ' +
        'minors only if the key also has the scope `surveys:answers`. Suppresses figures of fewer than five families, and ' +
        'figures from which these could be derived by subtraction.',
      params,
      query: resultsQuery,
      answer: resultsSchema,
    },
    async ({ deps, caller, params: { code }, query }) => {
      const { query: _, ...body } = await surveyResults(deps.database, {
        query: { code, ...query },
        reach: { territories: caller.territories, staffId: null },
        minors: caller.scopes.has('surveys:answers'),
        timeZone: deps.region.timeZone,
      })
      return { body }
    },
  )

  readRoute(
    api,
    'GET /surveys/:code/answers',
    'surveys:answers',
    {
      operationId: 'listSurveyAnswers',
      tag: 'Surveys',
      summary: 'Lists anonymous answer sets, newest week first',
      description:
        'Contains submitted answers only. Identifies a member, by ids, only if they agreed to be contacted. Every page is ' +
        'audited. Do not show the answers to curators, because they may be about them.',
      params,
      query: z.strictObject({ ...pageQuery, territory: territoryCode.optional() }),
      answer: pageOf(singleSetSchema).meta({ id: 'SurveyAnswerPage' }),
      localized: true,
      audited: true,
    },
    async ({ deps, caller, params: { code }, query: { limit, territory, ...query }, say, now }) => {
      const after = cursor.read(query.cursor)
      const asked = { code, caller, territory, after, limit, words: maskWords(say), now }
      const { items, next } = await singleAnswers(deps, asked)
      return {
        body: {
          items: items.map(({ invitationId: _, ...set }) => set),
          nextCursor: next && cursor.write(next),
        },
      }
    },
  )
}
