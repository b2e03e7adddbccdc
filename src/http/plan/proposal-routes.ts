import { z } from 'zod'
import { auditFamily, familyForCaller, lockFamilyForCaller } from '#features/families/families-api.ts'
import { audiences } from '#features/families/audience.ts'
import {
  answerProposal,
  type ProposalForStaff,
  proposalsBesidePlan,
} from '#features/plan/answer-proposals.ts'
import { longestProposal } from '#features/plan/proposals.ts'
import { helpKinds } from '#regions/schema.ts'
import { memberRoles } from '#storage/families/family-members.ts'
import { proposalAnswers } from '#storage/plan/proposals.ts'
import { freeText } from '../free-text.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const params = z.strictObject({ id: z.uuid() })
const proposalParams = params.extend({ proposalId: z.uuid() })

const proposalSchema = z
  .strictObject({
    id: z.uuid(),
    memberId: z.uuid(),
    author: z.enum([...memberRoles, 'gone']).describe('`gone`: has left the family'),
    confidential: z.boolean().describe("A minor's: do not let adults of the family learn of it"),
    at: z.iso.datetime(),
    text: z.string(),
    answer: z
      .strictObject({
        kind: z.enum(proposalAnswers),
        text: z.string().nullable(),
        staffId: z.uuid().nullable(),
        at: z.iso.datetime(),
      })
      .meta({ id: 'PlanProposalAnswer' })
      .nullable(),
    draft: z
      .strictObject({
        code: z.string().describe('The `code` of the activity: once the plan has it, `inPlan` is true'),
        kind: z.enum(helpKinds).nullable(),
        plain: z.string(),
        audience: z.enum(audiences),
        memberIds: z.array(z.uuid()),
      })
      .meta({ id: 'ProposedActivity' })
      .nullable()
      .describe('If accepted: the activity for the next version of the plan, as far as it is known'),
    inPlan: z.boolean(),
  })
  .meta({ id: 'PlanProposal' })

const listSchema = z.strictObject({ items: z.array(proposalSchema) }).meta({ id: 'PlanProposals' })

const toProposals = (proposals: readonly ProposalForStaff[]): z.output<typeof listSchema> => ({
  items: proposals.map(({ at, answer, draft, ...proposal }) => ({
    ...proposal,
    at: at.toISOString(),
    answer: answer && { ...answer, at: answer.at.toISOString() },
    draft: draft && { ...draft, memberIds: [...draft.memberIds] },
  })),
})

export const serveProposals = (api: Api): void => {
  readRoute(
    api,
    'GET /families/:id/proposals',
    'plans:read',
    {
      operationId: 'listPlanProposals',
      tag: 'Plans',
      summary: 'Lists what members of a family propose for its plan, newest first',
      description: 'At most 100. Every access is audited as `family.plan`.',
      params,
      answer: listSchema,
      audited: true,
    },
    ({ deps, caller, params: { id }, now }) =>
      deps.database.transaction(async (tx) => {
        await familyForCaller(tx, { caller, id })
        await auditFamily(tx, { caller, id, now }, 'family.plan')
        return { body: toProposals(await proposalsBesidePlan(tx, deps.sealer, id)) }
      }),
  )

  writeRoute(
    api,
    'POST /families/:id/proposals/:proposalId/answer',
    'plans:write',
    {
      operationId: 'answerPlanProposal',
      tag: 'Plans',
      summary: 'Answers a proposal; whoever made it is told, and nobody else of the family',
      description:
        'Once. `accepted`: it becomes the `draft` of an activity, which the next version of the plan takes by its `code`; `noted`: ' +
        'it is heeded without an activity; `declined`: `text` says why.',
      params: proposalParams,
      body: z
        .strictObject({
          kind: z.enum(proposalAnswers),
          text: freeText(longestProposal).optional().describe('Read by whoever made it'),
          helpKind: z
            .enum(helpKinds)
            .optional()
            .describe('Kind of help of the activity, with `accepted` only'),
        })
        .refine(({ kind, text }) => kind !== 'declined' || text !== undefined, {
          path: ['text'],
          message: 'is required with `declined`',
        })
        .refine(({ kind, helpKind }) => kind === 'accepted' || helpKind === undefined, {
          path: ['helpKind'],
          message: 'goes with `accepted` only',
        }),
      answer: listSchema,
    },
    async (tx, { deps, caller, params: { id, proposalId }, body, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const { kind, text = null, helpKind } = body
      const by = { apiKeyId: caller.keyId }
      await answerProposal(tx, deps, { family, proposalId, kind, text, helpKind, by, now })
      return { body: toProposals(await proposalsBesidePlan(tx, deps.sealer, id)) }
    },
  )
}
