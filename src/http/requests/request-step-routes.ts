import { z } from 'zod'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { decisionRules } from '#features/requests/decision.ts'
import { recordCall } from '#features/requests/note-call.ts'
import type { Actor } from '#features/requests/request-step.ts'
import { changeRequest, mustReachMember, passOnForCaller } from '#features/requests/request-steps-api.ts'
import {
  assignRequest,
  claimRequest,
  closeRequest,
  longestReason,
  moveStage,
  withdrawRequest,
} from '#features/requests/request-transitions.ts'
import { addStaffNote } from '#features/requests/staff-notes.ts'
import { concludeSafetyCheck, safetyOutcomes } from '#features/requests/safety-check.ts'
import { calmRequest } from '#features/requests/urgency.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { keepSignsOfRequest } from '#features/levels/level-for-staff.ts'
import { levelSchema } from '#http/families/family-schemas.ts'
import { levelReasonSchema, signsSchema } from '#http/levels/level-schemas.ts'
import type { Tx } from '#storage/database.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { ApiDeps } from '../api-deps.ts'
import { freeText } from '../free-text.ts'
import { isoDay } from '../iso-day.ts'
import { mustTellAll, noteBody } from '../note-body.ts'
import { HttpProblem } from '../problems.ts'
import { type Api, type Call, writeRoute } from '../staff-route.ts'
import { checkDecision, decisionSchema, outcomeSchema } from './decision-schema.ts'
import { serveMessages } from './request-message-route.ts'
import { requestSchema, toRequest } from './request-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const staffId = z.uuid().describe('Id of an active staff member who has joined and serves the territory')

type StepSpec<B extends z.ZodType> = { operationId: string; summary: string; description?: string; body: B }
type Step<B> = { deps: ApiDeps; caller: Caller; request: Request; by: Actor; body: B; now: Date }

/** Registers an action on a request; the response equals `GET /requests/{id}` afterwards. */
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
        await changeRequest(tx, { caller, id, revision, now }, (request, by) =>
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
      summary: 'Claims the request for a specialist',
      description:
        'Notifies the family and ends all escalations. A repeated claim by the same specialist has no effect.',
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
      summary: 'Assigns the request to a specialist, who is asked to claim it',
      description:
        'Bypasses the routing rules, but rejects an absent member. A claimed request is released first.',
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
      summary: 'Passes the request on to another specialist, chosen by the routing rules',
      body: z.strictObject({
        reason: freeText(longestReason).describe('For the next specialist; never shown to the family'),
        staffId: staffId.optional().describe('The current assignee; required if the request is unassigned'),
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
      summary: 'Adds a staff note, never shown to the family',
      body: noteBody,
    },
    async (tx, { deps, body, ...step }) => mustTellAll(await addStaffNote(tx, deps, { ...step, ...body })),
  )

  stepRoute(
    api,
    'transition',
    {
      operationId: 'moveRequest',
      summary: 'Moves a claimed request to a later stage, or closes it',
      description:
        'Stages can be skipped, but not reversed. Closing notifies the family, which reads the words of `decision` as they ' +
        'are; somebody who wrote about another family reads only that the message was read. The outcome `support-agreed` ' +
        'creates a family under support (`GET /families`).',
      body: z
        .strictObject({
          to: z.string().max(64).describe('Code of a stage of the region, or `closed`'),
          outcome: outcomeSchema.optional().describe('Required if `to` is `closed`, otherwise not allowed'),
          curatorId: z.uuid().optional().describe('With `support-agreed`: the curator of the new family'),
          level: levelSchema.optional().describe('With `support-agreed`: the level of support'),
          signs: signsSchema.optional().describe('With `level`: the signs of a level that were found'),
          levelReason: levelReasonSchema.optional(),
          decision: decisionSchema.optional(),
        })
        .refine(({ to, outcome }) => (to === 'closed') === (outcome !== undefined), {
          path: ['outcome'],
          message: 'is required with `closed`, and only with it',
        })
        .refine(
          ({ outcome, curatorId, level }) =>
            outcome === 'support-agreed' || (curatorId === undefined && level === undefined),
          { path: ['outcome'], message: 'must be `support-agreed` if a curator or level is given' },
        )
        .refine(({ level, signs }) => signs === undefined || level !== undefined, {
          path: ['signs'],
          message: 'go with `level` only',
        })
        .superRefine(({ to, outcome, decision = {} }, context) =>
          checkDecision(to === 'closed' ? outcome : undefined, decision, context),
        ),
    },
    async (tx, { deps, caller, body, ...step }) => {
      const { to, outcome, curatorId, level, signs, levelReason: reason, decision = {} } = body
      if (outcome === undefined) return moveStage(tx, deps, { ...step, to })
      if (curatorId !== undefined) await mustReachMember(tx, caller, curatorId)
      const accepted = { curatorId: curatorId ?? null, level: level ?? null }
      const { by: decidedBy = decisionRules[outcome].by, ...words } = decision
      await closeRequest(tx, deps, { ...step, outcome, words, decidedBy, ...accepted })
      const of = { requestId: step.request.id, by: step.by, now: step.now }
      if (signs && level) await keepSignsOfRequest(tx, deps, { ...of, signs, level, reason })
    },
  )

  stepRoute(
    api,
    'withdraw',
    {
      operationId: 'withdrawRequest',
      summary: 'Records that the family withdrew the request on paper',
      description:
        'The bot shows the request as withdrawn, and the family can apply again. An urgent one, and one of a minor or about another ' +
        'family, is followed by a safety check, as after a withdrawal in the bot.',
      body: z
        .strictObject({
          on: isoDay.describe('The date on the paper; not in the future'),
          ground: freeText(longestReason).describe(
            'Who withdraws it and why; stored encrypted, for staff only',
          ),
        })
        .meta({ examples: [{ on: '2026-11-23', ground: 'Letter of the mother: help was found at school' }] }),
    },
    (tx, { deps, body: paper, ...step }) => {
      if (paper.on > dayAt(step.now, deps.region.timeZone).toString())
        throw new HttpProblem('invalid-input', [{ pointer: '#/on', detail: 'must not be in the future' }])
      return withdrawRequest(tx, deps, { ...step, paper })
    },
  )

  stepRoute(
    api,
    'called',
    {
      operationId: 'noteCall',
      summary: 'Records that the specialist who has the request has spoken with the family',
      description:
        'A human word like a message: what the family was promised is kept, and no notice of lateness is sent. Nothing of what was said is recorded. Audited as `request.called`.',
      body: z.strictObject({}),
    },
    (tx, { by, request, now }) => recordCall(tx, { request, by, now }),
  )

  stepRoute(
    api,
    'not-urgent',
    {
      operationId: 'calmRequest',
      summary: 'Records that an urgent request is not urgent',
      description:
        'Audited as `request.not-urgent`. Words of danger that the family adds later make it urgent again.',
      body: z.strictObject({
        reason: freeText(longestReason).describe('Part of the history; never shown to the family'),
      }),
    },
    (tx, { deps, body: { reason }, ...step }) => calmRequest(tx, deps, { ...step, reason }),
  )

  stepRoute(
    api,
    'safety-check',
    {
      operationId: 'concludeSafetyCheck',
      summary: 'Records what came of the safety check after a withdrawal',
      description: 'Until then the check escalates as an urgent request does.',
      body: z.strictObject({ outcome: z.enum(safetyOutcomes) }),
    },
    (tx, { deps, body: { outcome }, ...step }) => concludeSafetyCheck(tx, deps, { ...step, outcome }),
  )

  serveMessages(api)
}
