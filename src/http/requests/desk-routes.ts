import { z } from 'zod'
import { languages } from '#core/text.ts'
import { correctRequest } from '#features/corrections/correct.ts'
import { applicants } from '#features/intake/answers.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { deskGrounds, registerAppeal } from '#features/requests/register-appeal.ts'
import { contactSchema } from '#features/requests/request-content.ts'
import { longestReason } from '#features/requests/request-transitions.ts'
import { changeRequest } from '#features/requests/request-steps-api.ts'
import { showRequest } from '#features/requests/requests-api.ts'
import { deskSources } from '#storage/requests/requests.ts'
import { correctionSchema, factsNote, personName, phoneNumber, postalAddress } from '../facts-schema.ts'
import { freeText } from '../free-text.ts'
import { instant } from '../instant.ts'
import { type Api, writeRoute } from '../staff-route.ts'
import { mustReachOne, territoryCode } from '../territory-codes.ts'
import { requestSchema, toRequest } from './request-schemas.ts'

const { safeToCall, safeToWrite, mayName, parents } = contactSchema.shape

const contact = z
  .strictObject({
    name: personName.exactOptional(),
    phone: phoneNumber.exactOptional(),
    address: postalAddress.exactOptional(),
    safeToCall: safeToCall.unwrap().exactOptional(),
    safeToWrite: safeToWrite.unwrap().exactOptional(),
    mayName: mayName.unwrap().exactOptional().describe('Whether the family may learn who spoke of it'),
    parents: parents
      .unwrap()
      .exactOptional()
      .describe('Of a minor: whether parents may know; without an answer `unsafe`'),
  })
  .describe('What is known of it; safety answers as in the questionnaire')

/** What staff do at their desk: appeals that did not come by the bot, and corrections. */
export const serveDesk = (api: Api): void => {
  writeRoute(
    api,
    'POST /requests',
    'requests:write',
    {
      operationId: 'registerRequest',
      tag: 'Requests',
      summary: 'Registers an appeal that did not come by the bot',
      description:
        'A visit, a call, a letter, a report of another organisation: numbered, routed and escalated like all others. The terms ' +
        'count from `receivedAt`. Nothing is sent to whoever appeals: they have no account. Words of danger make it urgent as in ' +
        'the bot. Audited as `request.registered`. Send an `Idempotency-Key`.',
      body: z
        .strictObject({
          source: z.enum(deskSources),
          receivedAt: instant.describe('When the centre got it, at most a year ago'),
          ground: z
            .enum(deskGrounds)
            .describe(
              '`consent`: signed on paper, which the centre keeps; otherwise a point of the law 152-FZ, art. 6, part 1: `152-fz-6-1-2`, a duty by law ' +
                '(a report of another body); `152-fz-6-1-6`, life and health, only of an urgent one',
            ),
          applicant: z.enum(applicants),
          territory: territoryCode,
          language: z.enum(languages).default('ru').describe('In which the specialist should speak'),
          words: freeText(longestMessage).describe('What was said or written; stored encrypted'),
          about: freeText(500)
            .optional()
            .describe('Of whom it speaks; required of an `other-person`; stored encrypted'),
          contact: contact.default({}),
          helpKinds: z
            .array(z.string().max(64))
            .max(60)
            .default([])
            .describe("Codes of the region's kinds of help"),
          urgent: z
            .strictObject({ reason: freeText(longestReason) })
            .optional()
            .describe('Somebody may be in danger, and why; kept as a note of staff'),
        })
        .meta({
          examples: [
            {
              source: 'letter',
              receivedAt: '2026-11-20T09:00:00+03:00',
              ground: 'consent',
              applicant: 'parent',
              territory: 'leninsky',
              words: 'A father of three asks for help at home',
              contact: { name: 'Pyotr', phone: '+79280000000', safeToCall: 'yes' },
            },
          ],
        }),
      status: 201,
      answer: requestSchema,
      responseHeaders: ['etag', 'location'],
      localized: true,
    },
    async (tx, { deps, caller, body, now, say }) => {
      mustReachOne(deps.region, caller, body.territory)
      const { about = null, urgent = null, ...known } = body
      const appeal = { ...known, about, urgent }
      const by = { apiKeyId: caller.keyId }
      const { requestId: id } = await registerAppeal(tx, deps, { appeal, by, now })
      return {
        ...toRequest(say, await showRequest(tx, { caller, id, now })),
        location: `/api/v1/requests/${id}`,
      }
    },
  )

  writeRoute(
    api,
    'PATCH /requests/:id/contact',
    'requests:write',
    {
      operationId: 'correctRequestContact',
      tag: 'Requests',
      summary: 'Corrects the name, phone or address of a request',
      description: `${factsNote} Possible in every state. Audited as \`request.corrected\`; \`getRequestDetails\` lists corrections.`,
      params: z.strictObject({ id: z.uuid() }),
      body: correctionSchema,
      answer: requestSchema,
      responseHeaders: ['etag'],
      ifMatch: 'optional',
      localized: true,
    },
    async (tx, { deps, caller, params: { id }, body: { reason, ...given }, revision, now, say }) =>
      toRequest(
        say,
        await changeRequest(tx, { caller, id, revision, now }, (request, by) =>
          correctRequest(tx, deps.sealer, { request, facts: given, reason, by, now }),
        ),
      ),
  )
}
