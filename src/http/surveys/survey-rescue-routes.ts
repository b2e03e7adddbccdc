import { z } from 'zod'
import { answerRescue, rescuesFor } from '#features/surveys/low-score-rescue.ts'
import type { RescueDetails } from '#storage/surveys/survey-rescues.ts'
import { instant } from '../instant.ts'
import { cursorFor, pageOf, pageQuery, updatedSinceQuery } from '../pages.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const rescueSchema = z
  .strictObject({
    id: z.uuid(),
    survey: z.string().describe('Code of the survey; the answers are not included'),
    familyId: z.uuid(),
    memberId: z.uuid(),
    territory: z.string(),
    askedAt: z.iso.datetime(),
    dueAt: z.iso.datetime().describe('When the member was promised a reply'),
    answeredAt: z.iso.datetime().nullable(),
    answeredBy: z
      .uuid()
      .nullable()
      .describe('The staff member who replied; null: nobody yet, or through the API'),
  })
  .meta({ id: 'SurveyRescue' })

const cursor = cursorFor('survey-rescues', z.strictObject({ askedAt: instant, id: z.uuid() }))

/** Members who asked, after a low score, to talk to somebody other than their curator. */
export const serveSurveyRescues = (api: Api): void => {
  readRoute(
    api,
    'GET /survey-rescues',
    'surveys:answers',
    {
      operationId: 'listSurveyRescues',
      tag: 'Surveys',
      summary: 'Lists members who asked to talk to somebody other than their curator, oldest first',
      description: 'They asked to be contacted, so they are identified; their answers are not included.',
      query: z.strictObject({
        ...pageQuery,
        ...updatedSinceQuery,
        open: z.enum(['true', 'false']).optional().describe('`true`: without a reply; `false`: with a reply'),
      }),
      answer: pageOf(rescueSchema).meta({ id: 'SurveyRescuePage' }),
    },
    async ({ deps, caller, query: { limit, open, updatedSince, ...query } }) => {
      const after = cursor.read(query.cursor)
      const asked = { caller, open: open && open === 'true', updatedSince, after, limit }
      const { items, next } = await rescuesFor(deps.database, asked)
      const nextCursor = next && cursor.write({ askedAt: next.askedAt, id: next.id })
      return { body: { items: items.map(toRescueShape), nextCursor } }
    },
  )

  writeRoute(
    api,
    'POST /survey-rescues/:id/answered',
    'surveys:write',
    {
      operationId: 'answerSurveyRescue',
      tag: 'Surveys',
      summary: 'Marks a member as contacted',
      description: 'Stops the reminders to supervisors. A repeated call has no effect.',
      params: z.strictObject({ id: z.uuid() }),
      answer: rescueSchema,
    },
    async (tx, { caller, params: { id }, now }) => ({
      body: toRescueShape(await answerRescue(tx, { id, by: { caller }, now })),
    }),
  )
}

const toRescueShape = (rescue: RescueDetails) => {
  const { id, surveyCode, familyId, memberId, territory, askedAt, dueAt, answeredAt, staffId } = rescue
  return {
    id,
    survey: surveyCode,
    familyId,
    memberId,
    territory,
    askedAt: askedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    answeredBy: staffId,
  }
}
