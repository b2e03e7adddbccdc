import { z } from 'zod'
import { askers, longestAsked } from '#features/data-requests/data-request-content.ts'
import type { OpenDataRequest } from '#features/data-requests/data-requests-for-staff.ts'
import { consentKinds } from '#storage/consents/consents.ts'
import {
  type DataRequest,
  dataRequestKinds,
  dataRequestOutcomes,
  dataRequestSources,
  dataRequestStepKinds,
} from '#storage/data-requests/data-requests.ts'
import { dayOf } from '#storage/plan/plans.ts'
import { freeText } from '../free-text.ts'
import { isoDay } from '../iso-day.ts'

/** How a request comes that is not tapped in the bot. */
const paperSources = ['in-person', 'letter', 'email', 'phone'] as const

const shape = {
  id: z.uuid(),
  number: z.int().describe('Number used by people, such as 17'),
  kind: z.enum(dataRequestKinds),
  source: z.enum(dataRequestSources),
  territory: z.string().nullable().describe('Null: only keys of all territories see it'),
  requestId: z.uuid().nullable().describe('The request of whom it is about'),
  familyId: z.uuid().nullable(),
  memberId: z.uuid().nullable(),
  receivedOn: z.iso.date(),
  registeredAt: z.iso.datetime(),
  dueAt: z.iso.datetime().describe('When it must be answered, or the data be destroyed'),
  overdue: z.boolean(),
  eraseAt: z.iso.datetime().nullable().describe('When the destruction of the data begins'),
  restrictedAt: z.iso.datetime().nullable().describe('Since when the data are blocked for it'),
  closedAt: z.iso.datetime().nullable(),
  outcome: z.enum(dataRequestOutcomes).nullable(),
}

export const dataRequestSchema = z.strictObject(shape).meta({ id: 'DataRequest' })

export const dataRequestDetailsSchema = z
  .strictObject({
    ...shape,
    name: z.string().nullable().describe('As the paper names whoever asks'),
    asker: z.enum(askers).nullable(),
    answerTo: z.string().nullable(),
    words: z.string().nullable(),
    consent: z.enum(consentKinds).nullable().describe('The consent that was withdrawn in the bot'),
    consents: z.array(
      z
        .strictObject({
          kind: z.enum(consentKinds),
          version: z.string(),
          givenAt: z.iso.datetime(),
          withdrawnAt: z.iso.datetime().nullable(),
        })
        .meta({ id: 'DataRequestConsent' }),
    ),
    history: z
      .array(
        z
          .strictObject({
            kind: z.enum(dataRequestStepKinds),
            at: z.iso.datetime(),
            text: z.string().nullable().describe('The answer, or why'),
            staffId: z.uuid().nullable(),
            apiKeyId: z.uuid().nullable(),
          })
          .meta({ id: 'DataRequestStep' }),
      )
      .describe('Oldest first'),
  })
  .meta({ id: 'DataRequestDetails' })

export const newDataRequestSchema = z
  .strictObject({
    kind: z.enum(dataRequestKinds),
    source: z.enum(paperSources),
    receivedOn: isoDay.describe('Not later than today: the term is counted from it'),
    requestId: z.uuid().optional().describe('Whose data: of the applicant of this request; or `memberId`'),
    memberId: z.uuid().optional().describe('Whose data: of this member of a family; or `requestId`'),
    asker: z
      .enum(askers)
      .describe("`representative`: somebody who stands for them; never gets a copy of a minor's data"),
    name: freeText(200).optional().describe('As the paper names whoever asks; stored encrypted'),
    answerTo: freeText(300).optional().describe('How to send them the answer; stored encrypted'),
    words: freeText(longestAsked).optional().describe('What is asked; stored encrypted'),
  })
  .meta({
    examples: [
      {
        kind: 'access',
        source: 'letter',
        receivedOn: '2026-11-20',
        requestId: '018f3a5e-0000-7000-8000-000000000000',
        asker: 'self',
        name: 'Olga P.',
        answerTo: 'by post',
        words: 'Please show me what is kept about me.',
      },
    ],
  })

export const toDataRequest = (one: DataRequest, now: Date): z.output<typeof dataRequestSchema> => ({
  id: one.id,
  number: one.number,
  kind: one.kind,
  source: one.source,
  territory: one.territory,
  requestId: one.requestId,
  familyId: one.familyId,
  memberId: one.memberId,
  receivedOn: dayOf(one.receivedOn),
  registeredAt: one.at.toISOString(),
  dueAt: one.dueAt.toISOString(),
  overdue: one.closedAt === null && one.dueAt < now,
  eraseAt: iso(one.eraseAt),
  restrictedAt: iso(one.restrictedAt),
  closedAt: iso(one.closedAt),
  outcome: one.outcome,
})

export const toDataRequestDetails = (
  { request, asked, steps, consents }: OpenDataRequest,
  now: Date,
): z.output<typeof dataRequestDetailsSchema> => ({
  ...toDataRequest(request, now),
  name: asked.name ?? null,
  asker: asked.asker ?? null,
  answerTo: asked.answerTo ?? null,
  words: asked.words ?? null,
  consent: asked.consent ?? null,
  consents: consents.map(({ kind, version, givenAt, withdrawnAt }) => ({
    ...{ kind, version, givenAt: givenAt.toISOString(), withdrawnAt: iso(withdrawnAt) },
  })),
  history: steps.map(({ kind, at, text, staffId, apiKeyId }) => ({
    ...{ kind, at: at.toISOString(), text, staffId, apiKeyId },
  })),
})

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
