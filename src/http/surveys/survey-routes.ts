import { z } from 'zod'
import {
  addSurvey,
  addVersion,
  endSurvey,
  inviteFamily,
  previewSurvey,
  surveyVersions,
  WrongSurvey,
} from '#features/surveys/surveys-api.ts'
import { newestSurveys } from '#storage/surveys/surveys.ts'
import { codeSchema } from '#surveys/schema.ts'
import { HttpProblem } from '../problems.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import {
  invitationsSchema,
  newSurveySchema,
  newVersionSchema,
  previewSchema,
  toFieldError,
  toInvitations,
  toPreview,
  toVersion,
  versionSchema,
} from './survey-schemas.ts'

const params = z.strictObject({ code: codeSchema })
const allTerritoriesNote = 'Surveys are asked everywhere: a key of some territories changes none.'

export const serveSurveys = (api: Api): void => {
  readRoute(
    api,
    'GET /surveys',
    'surveys:read',
    {
      operationId: 'listSurveys',
      tag: 'Surveys',
      summary: 'The newest version of every survey, by code',
      answer: z.strictObject({ items: z.array(versionSchema) }).meta({ id: 'Surveys' }),
    },
    async ({ deps }) => ({ body: { items: (await newestSurveys(deps.database)).map(toVersion) } }),
  )

  readRoute(
    api,
    'GET /surveys/:code',
    'surveys:read',
    {
      operationId: 'getSurvey',
      tag: 'Surveys',
      summary: 'All versions of a survey, the newest first',
      description: 'Answers are to the words of their version, which never change.',
      params,
      answer: z.strictObject({ versions: z.array(versionSchema) }).meta({ id: 'SurveyVersions' }),
    },
    async ({ deps, params: { code } }) => ({
      body: { versions: (await surveyVersions(deps.database, code)).map(toVersion) },
    }),
  )

  readRoute(
    api,
    'POST /surveys/preview',
    'surveys:read',
    {
      operationId: 'previewSurvey',
      tag: 'Surveys',
      summary: 'Judges a survey and shows how it reads, without keeping it',
      description:
        'What is wrong with it is named as it would be when it is added, all at once: each place by its JSON pointer, a loop by ' +
        'its questions. To take it as a family would, add it in the sandbox and invite a member of the family there.',
      body: newSurveySchema,
      answer: previewSchema,
    },
    async ({ deps, body }) => ({ body: toPreview(await asInvalidInput(previewSurvey(deps.database, body))) }),
  )

  serveChanges(api)
}

const serveChanges = (api: Api): void => {
  writeRoute(
    api,
    'POST /surveys',
    'surveys:write',
    {
      operationId: 'addSurvey',
      tag: 'Surveys',
      summary: 'Adds a survey',
      description: `The first version of a code that there is not yet. ${allTerritoriesNote}`,
      body: newSurveySchema,
      status: 201,
      answer: versionSchema,
      responseHeaders: ['location'],
    },
    async (tx, { caller, body, now }) => {
      const added = await asInvalidInput(addSurvey(tx, { draft: body, caller, now }))
      return { body: toVersion(added), location: `/api/v1/surveys/${added.survey.code}` }
    },
  )

  writeRoute(
    api,
    'POST /surveys/:code/versions',
    'surveys:write',
    {
      operationId: 'addSurveyVersion',
      tag: 'Surveys',
      summary: 'Adds the next version of a survey',
      description:
        "Also of the product's own, which is the centre's from then on, and of one that has ended, which is asked again. Whoever was " +
        'invited before answers the version of before. A question that is asked in other words, or has other answers, is ' +
        `counted anew. A \`version\` that is not the next one is refused with 412. ${allTerritoriesNote}`,
      params,
      body: newVersionSchema,
      status: 201,
      answer: versionSchema,
    },
    async (tx, { caller, params: { code }, body, now }) => {
      const draft = { ...body, code }
      return { body: toVersion(await asInvalidInput(addVersion(tx, { draft, caller, now }))) }
    },
  )

  writeRoute(
    api,
    'DELETE /surveys/:code',
    'surveys:write',
    {
      operationId: 'endSurvey',
      tag: 'Surveys',
      summary: 'Ends a survey: nobody is invited to it any more',
      description: `Who was told of it may still answer; answers and results stay. ${allTerritoriesNote}`,
      params,
    },
    async (tx, { caller, params: { code }, now }) => {
      await endSurvey(tx, { code, caller, now })
      return { body: undefined }
    },
  )

  writeRoute(
    api,
    'POST /surveys/:code/invitations',
    'surveys:write',
    {
      operationId: 'inviteToSurvey',
      tag: 'Surveys',
      summary: 'Invites members of a family to a survey',
      description:
        'Those who have joined and whom it is for, each once a day; the answer holds who is new. They are told in their waking ' +
        'hours, once nothing else was asked of them for a week, nothing urgent is open, and if they want surveys at all. This is ' +
        'how a survey is tried in the sandbox.',
      params,
      body: z.strictObject({
        familyId: z.uuid(),
        memberIds: z.array(z.uuid()).min(1).max(50).optional().describe('Left out: everybody'),
      }),
      status: 201,
      answer: invitationsSchema,
    },
    async (tx, { deps, caller, params: { code }, body, now }) => {
      const { timeZone } = deps.region
      return { body: toInvitations(await inviteFamily(tx, { code, ...body, timeZone, caller, now })) }
    },
  )
}

/** What is wrong with a survey, as a problem with its places. */
const asInvalidInput = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (error instanceof WrongSurvey)
      throw new HttpProblem('invalid-input', error.faults.map(toFieldError), { cause: error })
    throw error
  })
