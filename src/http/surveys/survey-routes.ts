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
const allTerritoriesNote = 'Requires a key for all territories.'

export const serveSurveys = (api: Api): void => {
  readRoute(
    api,
    'GET /surveys',
    'surveys:read',
    {
      operationId: 'listSurveys',
      tag: 'Surveys',
      summary: 'Lists the newest version of every survey, sorted by code',
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
      summary: 'Returns all versions of a survey, newest first',
      description: 'Answers refer to the wording of their version, which never changes.',
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
      summary: 'Validates a survey and renders it, without saving it',
      description:
        'Reports the same errors as `addSurvey`, all at once: by JSON Pointer, a loop by its questions. To try a survey as a ' +
        'family, add it in the sandbox and invite a family member there.',
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
      summary: 'Creates a survey',
      description: `Creates the first version under a new code. ${allTerritoriesNote}`,
      body: newSurveySchema,
      status: 201,
      answer: versionSchema,
      responseHeaders: ['location'],
    },
    async (tx, { caller, body, now }) => {
      const added = await asInvalidInput(addSurvey(tx, { draft: body, by: { caller }, now }))
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
      summary: 'Publishes the next version of a survey',
      description:
        'Works for built-in surveys too, which the centre maintains from then on, and restarts an ended one. Earlier ' +
        'invitations keep their version. A question with a new wording or new answers starts a new result series. ' +
        `Fails with 412 if \`version\` is not the next one. ${allTerritoriesNote}`,
      params,
      body: newVersionSchema,
      status: 201,
      answer: versionSchema,
    },
    async (tx, { caller, params: { code }, body, now }) => {
      const draft = { ...body, code }
      return { body: toVersion(await asInvalidInput(addVersion(tx, { draft, by: { caller }, now }))) }
    },
  )

  writeRoute(
    api,
    'DELETE /surveys/:code',
    'surveys:write',
    {
      operationId: 'endSurvey',
      tag: 'Surveys',
      summary: 'Ends a survey',
      description: `Nobody is invited any more. Invitations already sent can still be answered; answers and results are kept. ${allTerritoriesNote}`,
      params,
    },
    async (tx, { caller, params: { code }, now }) => {
      await endSurvey(tx, { code, by: { caller }, now })
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
      summary: 'Invites family members to a survey',
      description:
        'Invites members who have joined and belong to the audience, each at most once a day; returns the new invitations. ' +
        'A member is notified in waking hours, if they accept surveys, nothing urgent is open and a week has passed since the ' +
        'last invitation. Use it to try a survey in the sandbox.',
      params,
      body: z.strictObject({
        familyId: z.uuid(),
        memberIds: z.array(z.uuid()).min(1).max(50).optional().describe('Default: all members'),
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

/** Turns `InvalidSurvey` into `invalid-input` with the place of each fault. */
const asInvalidInput = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (error instanceof WrongSurvey)
      throw new HttpProblem('invalid-input', error.faults.map(toFieldError), { cause: error })
    throw error
  })
