import { z } from 'zod'
import type { Say } from '#core/text.ts'
import { contactSchema, contentSchema } from '#features/requests/request-content.ts'
import type { RequestDetails, ShownRequest } from '#features/requests/requests-api.ts'
import { requestEventKinds } from '#storage/requests/request-events.ts'
import { requestStatuses } from '#storage/requests/request-list-statement.ts'
import type { ListedRequest } from '#storage/requests/request-lists.ts'
import { routingTriggers } from '#storage/routing/routing-decisions.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { reasonSchema, toReason } from '../reason.ts'

const requestShape = {
  id: z.uuid(),
  number: z.string().describe('As the family knows it: `2026-000123`'),
  kind: z.enum(['application', 'message']).describe('An application, or a message that starts the same work'),
  applicant: z.enum(['parent', 'representative', 'minor', 'other-person']),
  territory: z.string().describe("Code of the region's territory, or `other`"),
  urgent: z.boolean().describe('Somebody is in danger now'),
  helpKinds: z.array(z.string()),
  status: z.enum(requestStatuses),
  stage: z.string().describe("Code of the region's stage that the case is at"),
  representativeConsent: z
    .enum(['not-needed', 'needed', 'unsafe'])
    .describe("The legal representative's consent; `unsafe`: asking for it would endanger the minor"),
  dataSharing: z.boolean().describe('Whether data may be passed to other organisations'),
  submittedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().describe('End of the day by which the next step is due'),
  assignee: z
    .strictObject({ id: z.uuid(), name: z.string(), role: z.enum(staffRoles) })
    .meta({ id: 'Assignee' })
    .nullable()
    .describe('Whoever should act on it, and has it in hand once `claimedAt` is set; null: anybody'),
  claimedAt: z.iso.datetime().nullable(),
  escalations: z.int().describe('How often it was escalated since it last began to wait'),
  revision: z.int().describe('Counts the changes; in quotes it is the ETag: `"3"`'),
}

export const listedSchema = z.strictObject(requestShape).meta({ id: 'RequestItem' })

const eventSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(requestEventKinds),
    at: z.iso.datetime(),
    staff: z
      .strictObject({ id: z.uuid(), name: z.string() })
      .nullable()
      .describe('Who did it; for `assigned`, to whom; for `passed-on` through a key, whose it was'),
    apiKeyId: z.uuid().nullable().describe('The key through which it was done'),
    detail: z
      .string()
      .nullable()
      .describe(
        'A code: of `stage` the stage, of `closed` the outcome, of `escalated` which time it is since it last began to ' +
          'wait; `absence` where the product passed it on because a member is away',
      ),
  })
  .meta({ id: 'RequestEvent', description: 'What happened; the words that were said are among the details' })

const decisionSchema = z
  .strictObject({
    trigger: z.enum(routingTriggers).describe('What asked for a decision'),
    at: z.iso.datetime(),
    staff: z
      .strictObject({ id: z.uuid(), name: z.string() })
      .nullable()
      .describe("Null: the region's fallback group"),
    reason: reasonSchema,
  })
  .meta({ id: 'RoutingDecision' })

export const requestSchema = z
  .strictObject({
    ...requestShape,
    familyId: z
      .uuid()
      .nullable()
      .describe('The family that it became; null: it was not accepted, or not yet'),
    history: z.array(eventSchema).describe('In the order in which it happened'),
    routing: z.array(decisionSchema).describe('Why it went to whom it went, oldest first'),
  })
  .meta({ id: 'Request' })

export const detailsSchema = z
  .strictObject({
    id: z.uuid(),
    number: z.string(),
    answers: z.strictObject(contentSchema.shape).meta({
      id: 'RequestAnswers',
      description: 'What was answered; a question that was not asked is left out',
    }),
    contact: z
      .strictObject(contactSchema.shape)
      .meta({
        id: 'RequestContact',
        description: 'How the family is reached, when, and whether that is safe',
      })
      .nullable()
      .describe('Null once the request is closed or withdrawn'),
    lines: z
      .array(
        z
          .strictObject({
            kind: z.enum(['note', 'answer', 'passed-on', 'staff-note']),
            at: z.iso.datetime(),
            staffId: z.uuid().nullable(),
            text: z.string(),
          })
          .meta({ id: 'RequestLine' }),
      )
      .describe(
        "What was said since, oldest first: the family's `note`, the specialist's `answer`; for staff only, the " +
          'reason of passing on (`passed-on`) and a `staff-note`',
      ),
  })
  .meta({ id: 'RequestDetails' })

export const toListed = (request: ListedRequest): z.output<typeof listedSchema> => ({
  id: request.id,
  number: request.number,
  kind: request.kind,
  applicant: request.applicant,
  territory: request.territory,
  urgent: request.urgent,
  helpKinds: request.helpKinds,
  status: request.status,
  stage: request.stage,
  representativeConsent: request.representativeConsent,
  dataSharing: request.dataSharing,
  submittedAt: request.submittedAt.toISOString(),
  dueAt: request.dueAt.toISOString(),
  assignee: request.assignee,
  claimedAt: request.claimedAt?.toISOString() ?? null,
  escalations: request.escalations,
  revision: request.revision,
})

/** With the revision that becomes the ETag. */
export const toRequest = (
  say: Say,
  { request, assignee, familyId, events, decisions, names }: ShownRequest,
): { body: z.output<typeof requestSchema>; revision: number } => {
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' })
  return {
    body: {
      ...toListed({ ...request, assignee }),
      familyId,
      history: events.map((event) => ({
        id: String(event.id),
        kind: event.kind,
        at: event.at.toISOString(),
        staff: named(event.staffId),
        apiKeyId: event.apiKeyId,
        detail: event.detail,
      })),
      routing: decisions.map((decision) => ({
        trigger: decision.trigger,
        at: decision.at.toISOString(),
        staff: named(decision.staffId),
        reason: toReason(say, decision, names),
      })),
    },
    revision: request.revision,
  }
}

export const toDetails = ({
  request: { id, number },
  content,
  contact,
  lines,
}: RequestDetails): z.output<typeof detailsSchema> => ({
  id,
  number,
  answers: content,
  contact,
  lines: lines.map(({ kind, at, staffId, text }) => ({ kind, at: at.toISOString(), staffId, text })),
})
