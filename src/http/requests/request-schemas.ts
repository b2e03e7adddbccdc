import { z } from 'zod'
import type { Say } from '#core/text.ts'
import { deciders, decisionWordsSchema } from '#features/requests/decision.ts'
import { type AttachedFile, attachedFile } from '#features/messages/message-files.ts'
import { contactSchema, contentSchema } from '#features/requests/request-content.ts'
import type { RequestDetails, ShownRequest } from '#features/requests/requests-api.ts'
import { safetyOutcomes } from '#features/requests/safety-check.ts'
import { requestEventKinds } from '#storage/requests/request-events.ts'
import { deskSources } from '#storage/requests/requests.ts'
import { requestStatuses } from '#storage/requests/request-list-statement.ts'
import type { ListedRequest } from '#storage/requests/request-lists.ts'
import { routingTriggers } from '#storage/routing/routing-decisions.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { correctionMadeSchema, toCorrection } from '../facts-schema.ts'
import { reasonSchema, toReason } from '../reason.ts'
import { outcomeSchema } from './decision-schema.ts'
import { togetherSchema, toTogether } from './together-schema.ts'

const requestShape = {
  id: z.uuid(),
  number: z.string().describe('Number shown to the family: `2026-000123`'),
  kind: z
    .enum(['application', 'message'])
    .describe('`message`: a message about a family, handled like an application'),
  applicant: z.enum(['parent', 'representative', 'minor', 'other-person']),
  source: z
    .enum(['bot', ...deskSources])
    .describe('How it came; nothing can be sent to somebody who did not write to the bot'),
  territory: z.string().describe("Code of the region's territory, or `other`"),
  urgent: z.boolean().describe('Whether somebody may be in danger: as said, or by circumstances or words'),
  helpKinds: z.array(z.string()),
  status: z.enum(requestStatuses),
  stage: z.string().describe("Code of the region's stage"),
  representativeConsent: z
    .enum(['not-needed', 'needed', 'unsafe'])
    .describe(
      "Whether the legal representative's consent is needed; `unsafe`: asking for it would endanger the minor",
    ),
  dataSharing: z.boolean().describe('Whether data may be passed to other organisations'),
  submittedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().describe('Due time of the next step, at the end of a day'),
  assignee: z
    .strictObject({ id: z.uuid(), name: z.string(), role: z.enum(staffRoles) })
    .meta({ id: 'Assignee' })
    .nullable()
    .describe('Who should handle the request, and does once `claimedAt` is set; null: unassigned'),
  claimedAt: z.iso.datetime().nullable(),
  escalations: z.int().describe('Number of escalations since the request last became unclaimed'),
  revision: z.int().describe('Number of changes; in quotes it is the ETag: `"3"`'),
}

export const listedSchema = z.strictObject(requestShape).meta({ id: 'RequestItem' })

const safetyCheckSchema = z.enum(['open', ...safetyOutcomes]).nullable()

const eventSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(requestEventKinds),
    at: z.iso.datetime(),
    staff: z
      .strictObject({ id: z.uuid(), name: z.string() })
      .nullable()
      .describe(
        'Who acted; for `assigned`, the new assignee; for `passed-on` through a key, the previous assignee',
      ),
    apiKeyId: z.uuid().nullable().describe('The API key that acted'),
    detail: z
      .string()
      .nullable()
      .describe(
        'A code: the number of the closed request that `submitted` follows, the stage of `stage`, the outcome of `closed`, the date on the paper of `withdrawn`, the count of `escalated` since the request last became ' +
          'unclaimed; `absence` if the request was passed on because of an absence',
      ),
  })
  .meta({ id: 'RequestEvent', description: 'An event without texts; these are in the details' })

const decisionSchema = z
  .strictObject({
    trigger: z.enum(routingTriggers).describe('What triggered the decision'),
    at: z.iso.datetime(),
    staff: z
      .strictObject({ id: z.uuid(), name: z.string() })
      .nullable()
      .describe("The chosen member; null: the region's fallback group"),
    reason: reasonSchema,
  })
  .meta({ id: 'RoutingDecision' })

export const requestSchema = z
  .strictObject({
    ...requestShape,
    safetyCheck: safetyCheckSchema.describe(
      'After a withdrawal: `open` until staff have said what came of the check; null: none is needed',
    ),
    familyId: z
      .uuid()
      .nullable()
      .describe('The family created from the request; null: not accepted, or not yet'),
    together: togetherSchema,
    history: z.array(eventSchema).describe('Oldest first'),
    routing: z.array(decisionSchema).describe('Routing decisions, oldest first'),
  })
  .meta({ id: 'Request' })

/** A file can be opened in the bot only. */
const sentFile = attachedFile.omit({ fileId: true }).meta({ id: 'RequestFile' })

export const detailsSchema = z
  .strictObject({
    id: z.uuid(),
    number: z.string(),
    answers: z.strictObject({ ...contentSchema.shape, ownFiles: z.array(sentFile).optional() }).meta({
      id: 'RequestAnswers',
      description: 'Answers of the questionnaire; questions that were not asked are left out',
    }),
    contact: z
      .strictObject(contactSchema.shape)
      .meta({
        id: 'RequestContact',
        description: 'How and when to contact the family, and whether that is safe',
      })
      .nullable()
      .describe('Null once the request is closed or withdrawn, unless its safety check is open'),
    lines: z
      .array(
        z
          .strictObject({
            kind: z.enum(['note', 'answer', 'passed-on', 'staff-note', 'not-urgent', 'withdrawn']),
            at: z.iso.datetime(),
            staffId: z.uuid().nullable(),
            text: z.string().describe('Empty if only a file was sent'),
            file: sentFile.nullable(),
            hiddenFrom: z
              .array(z.uuid())
              .describe('Staff of whom a note speaks: do not show it to them (0060)'),
            mentioned: z.array(z.uuid()).describe('Of a staff note: who was told of it'),
            keptFrom: z
              .array(z.uuid())
              .describe('Staff of whom a staff note complains: do not show it to them (0096)'),
          })
          .meta({ id: 'RequestLine' }),
      )
      .describe(
        'Texts added later, oldest first: `note` of the family, `answer` of the specialist and, for staff only, `passed-on`, ' +
          '`not-urgent` and `withdrawn` on paper (reasons) and `staff-note`',
      ),
    urgentReasons: z
      .array(z.string())
      .describe(
        'Why it is urgent: `said-now`, `short-way`, `by-phone`, `by-staff` (their reason is a note), `circumstance.<code>` of the region, `words.<kind>` of danger, `words` of the list of the centre',
      ),
    decision: z
      .strictObject({
        outcome: outcomeSchema,
        by: z.enum(deciders),
        at: z.iso.datetime(),
        words: z.strictObject(decisionWordsSchema.shape),
      })
      .meta({ id: 'RequestDecisionMade' })
      .nullable()
      .describe('The answer with which the request was closed, as its family reads it'),
    corrections: z
      .array(correctionMadeSchema)
      .describe('Corrections of the contact, oldest first; empty once the contact is null'),
  })
  .meta({ id: 'RequestDetails' })

export const toListed = (request: ListedRequest): z.output<typeof listedSchema> => ({
  id: request.id,
  number: request.number,
  kind: request.kind,
  applicant: request.applicant,
  source: request.source,
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

/** Includes the revision, which becomes the ETag. */
export const toRequest = (
  say: Say,
  { request, assignee, familyId, together, events, decisions, names }: ShownRequest,
): { body: z.output<typeof requestSchema>; revision: number } => {
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' })
  return {
    body: {
      ...toListed({ ...request, assignee }),
      safetyCheck: safetyCheckSchema.parse(request.safetyCheck),
      familyId,
      together: toTogether(together),
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
  urgentReasons,
  decision,
  corrections,
}: RequestDetails): z.output<typeof detailsSchema> => ({
  id,
  number,
  answers: { ...content, ownFiles: content.ownFiles?.map(withoutId) },
  contact,
  lines: lines.map(({ kind, at, staffId, text, file, ...whom }) => ({
    ...{ kind, at: at.toISOString(), staffId, text },
    ...{ hiddenFrom: whom.hiddenFrom, mentioned: whom.mentioned, keptFrom: whom.keptFrom },
    file: file && withoutId(file),
  })),
  urgentReasons,
  decision: decision && { ...decision, at: decision.at.toISOString() },
  corrections: corrections.map(toCorrection),
})

const withoutId = ({ fileId: _, ...file }: AttachedFile) => file
