import { z } from 'zod'
import { longestStory } from '#features/intake/answers.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import {
  changeRequest,
  mustReachMember,
  passOnForCaller,
  writeForCaller,
} from '#features/requests/request-steps-api.ts'
import {
  addStaffNote,
  assignRequest,
  type Actor,
  claimRequest,
  closeOutcomes,
  closeRequest,
  longestReason,
  moveStage,
  withdrawRequest,
} from '#features/requests/request-transitions.ts'
import type { Tx } from '#storage/database.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { ApiDeps } from '../api-deps.ts'
import { type Api, type Call, writeRoute } from '../staff-route.ts'
import { freeText } from '../free-text.ts'
import { levelSchema } from '#http/families/family-schemas.ts'
import { requestSchema, toRequest } from './request-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const staffId = z.uuid().describe('Of an active member who has joined and serves the territory')

type StepSpec<B extends z.ZodType> = { operationId: string; summary: string; description?: string; body: B }
type Step<B> = { deps: ApiDeps; caller: Caller; request: Request; by: Actor; body: B; now: Date }

/** A route that takes a step with a request, and answers as `GET /requests/{id}` does afterwards. */
const stepRoute = <B extends z.ZodType>(
  api: Api,
  name: string,
  spec: StepSpec<B>,
  take: (tx: Tx, step: Step<z.output<B>>) => Promise<void>,
): void =>
  writeRoute(
    api,
    `POST /requests/:id/${name}`,
    'requests:write',
    {
      ...spec,
      tag: 'Requests',
      params,
      answer: requestSchema,
      ifMatch: 'optional',
      responseHeaders: ['etag'],
      localized: true,
    },
    async (tx, { deps, caller, params: { id }, body, revision, now, say }: Call<typeof params, never, B>) =>
      toRequest(
        say,
        await changeRequest(tx, { caller, id, revision }, (request, by) =>
          take(tx, { deps, caller, request, by, body, now }),
        ),
      ),
  )

export const serveRequestSteps = (api: Api): void => {
  stepRoute(
    api,
    'claim',
    {
      operationId: 'claimRequest',
      summary: 'A specialist takes the request in hand, and the family is told who',
      description: 'Again for the same specialist: nothing happens. It ends every escalation.',
      body: z.strictObject({ staffId }),
    },
    async (tx, { deps, caller, body: { staffId: member }, ...step }) => {
      await mustReachMember(tx, caller, member)
      await claimRequest(tx, deps, { ...step, staffId: member })
    },
  )

  stepRoute(
    api,
    'assign',
    {
      operationId: 'assignRequest',
      summary: 'Gives the request to a member, who is shown it and has not claimed it yet',
      description:
        'Past the rules of routing, but not to somebody absent. One that is claimed is released first.',
      body: z.strictObject({ staffId }),
    },
    async (tx, { deps, caller, body: { staffId: member }, ...step }) => {
      await mustReachMember(tx, caller, member)
      await assignRequest(tx, deps, { ...step, staffId: member })
    },
  )

  stepRoute(
    api,
    'pass-on',
    {
      operationId: 'passOnRequest',
      summary: 'Gives the request to another specialist, whom the rules of routing choose',
      body: z.strictObject({
        reason: freeText(longestReason).describe('For the next specialist; the family never reads it'),
        staffId: staffId.optional().describe("Whose it is; has to be told of one that is nobody's"),
      }),
    },
    (tx, { deps, caller, request, now, body: { reason, staffId: named } }) =>
      passOnForCaller(tx, deps, { request, named, reason, caller, now }),
  )

  stepRoute(
    api,
    'notes',
    {
      operationId: 'addRequestNote',
      summary: "Adds the staff's own words, which the family never reads",
      body: z.strictObject({ text: freeText(longestStory) }),
    },
    (tx, { deps, body: { text }, ...step }) => addStaffNote(tx, deps, { ...step, text }),
  )

  stepRoute(
    api,
    'transition',
    {
      operationId: 'moveRequest',
      summary: 'Moves a claimed request on to a stage, or closes it',
      description:
        'Stages may be left out, never gone back to. When it is closed the family is told; with `support-agreed` it becomes ' +
        'a family under support (`GET /families`).',
      body: z
        .strictObject({
          to: z.string().max(64).describe('Code of a stage of the region, or `closed`'),
          outcome: z.enum(closeOutcomes).optional().describe('What it came to; with `closed`, and only then'),
          curatorId: z
            .uuid()
            .optional()
            .describe('Of `support-agreed`: the curator of the family that it becomes'),
          level: levelSchema.optional().describe('Of `support-agreed`: the level of support'),
        })
        .refine(({ to, outcome }) => (to === 'closed') === (outcome !== undefined), {
          path: ['outcome'],
          message: 'goes with `closed`, and only with it',
        })
        .refine(
          ({ outcome, curatorId, level }) =>
            outcome === 'support-agreed' || (curatorId === undefined && level === undefined),
          { path: ['outcome'], message: 'a curator and a level go with `support-agreed`' },
        ),
    },
    async (tx, { deps, caller, body: { to, outcome, curatorId, level }, ...step }) => {
      if (outcome === undefined) return moveStage(tx, deps, { ...step, to })
      if (curatorId !== undefined) await mustReachMember(tx, caller, curatorId)
      const accepted = { curatorId: curatorId ?? null, level: level ?? null }
      return closeRequest(tx, deps, { ...step, outcome, ...accepted })
    },
  )

  stepRoute(
    api,
    'withdraw',
    {
      operationId: 'withdrawRequest',
      summary: 'The family takes its request back, on paper',
      description: 'In the bot the family sees it withdrawn, and may ask again.',
      body: z.strictObject({}),
    },
    (tx, { deps, body: _, ...step }) => withdrawRequest(tx, deps, step),
  )

  serveMessages(api)
}

const serveMessages = (api: Api): void =>
  writeRoute(
    api,
    'POST /requests/:id/messages',
    'messages:write',
    {
      operationId: 'writeToFamily',
      tag: 'Requests',
      summary: 'Writes to the family as the specialist who has the request',
      description: 'The family reads it in the bot, is told that there is something to read, and can answer.',
      params,
      body: z.strictObject({ text: freeText(longestStory) }),
      status: 201,
      answer: z
        .strictObject({
          id: z.string().describe("Of the event in the request's history"),
          at: z.iso.datetime(),
          silent: z
            .boolean()
            .describe(
              'The family said that writing to it is not safe, or wants no messages: it is not told, and reads when it comes',
            ),
        })
        .meta({ id: 'MessageToFamily' }),
    },
    async (tx, { deps, caller, params: { id }, body: { text }, now }) => {
      const message = await writeForCaller(tx, deps, { caller, id, text, now })
      return { body: { id: String(message.id), at: now.toISOString(), silent: message.silent } }
    },
  )
