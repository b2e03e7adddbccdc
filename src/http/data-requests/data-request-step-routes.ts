import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { longestAsked } from '#features/data-requests/data-request-content.ts'
import { dataRequestForCaller } from '#features/data-requests/data-requests-api.ts'
import {
  answerDataRequest,
  lookAtBlocked,
  restrictFor,
  unrestrictFor,
  withdrawFor,
} from '#features/data-requests/settle-data-request.ts'
import { findSnapshotOf } from '#storage/people.ts'
import { freeText } from '../free-text.ts'
import { type Api, writeRoute } from '../staff-route.ts'
import { dataRequestSchema, toDataRequest } from './data-request-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const shown = {
  params,
  answer: dataRequestSchema,
  ifMatch: 'optional',
  responseHeaders: ['etag'],
  tag: 'Data requests',
} as const

export const serveDataRequestSteps = (api: Api): void => {
  for (const [verb, carryOut, words] of [
    ['PUT', restrictFor, ['restrictData', 'Blocks the data while the request is looked into']],
    ['DELETE', unrestrictFor, ['unrestrictData', 'Ends the block']],
  ] as const)
    writeRoute(
      api,
      `${verb} /data-requests/:id/restriction`,
      'data:write',
      {
        ...shown,
        operationId: words[0],
        summary: words[1],
        description:
          'While they are blocked nothing is sent to the person, and staff cannot open what they wrote (152-FZ, art. 21). The same ' +
          'again changes nothing. Audited as `data-requests.changed`.',
      },
      async (tx, { caller, params: { id }, revision, now }) => {
        await dataRequestForCaller(tx, { caller, id })
        const changed = await carryOut(tx, { id, by: { apiKeyId: caller.keyId }, now, revision })
        return { body: toDataRequest(changed, now), revision: changed.revision }
      },
    )

  writeRoute(
    api,
    'POST /data-requests/:id/look',
    'data:write',
    {
      ...shown,
      operationId: 'lookAtBlockedData',
      summary: 'Says why blocked data are opened, which lets this key open them for twelve hours',
      description: '409 if nothing is blocked. Kept with the request, and audited as `data-requests.looked`.',
      body: z.strictObject({ reason: freeText(longestAsked).describe('Stored encrypted') }),
    },
    async (tx, { deps, caller, params: { id }, body: { reason }, revision, now }) => {
      await dataRequestForCaller(tx, { caller, id })
      const by = { apiKeyId: caller.keyId }
      const request = await lookAtBlocked(tx, deps, { id, reason, by, now, revision })
      return { body: toDataRequest(request, now), revision: request.revision }
    },
  )

  writeRoute(
    api,
    'POST /data-requests/:id/withdrawal',
    'data:write',
    {
      ...shown,
      operationId: 'withdrawConsentOnPaper',
      summary:
        'Carries out a withdrawal of the consent to the processing, or an erasure, as a tap of the person would',
      description:
        'Requests are withdrawn, the access to the bot ends, the data are destroyed by their term; this cannot be taken back. Audited as ' +
        '`data-requests.changed`.',
      prepare: async ({ deps, caller, params: { id } }) => {
        const { personId } = await dataRequestForCaller(deps.database, { caller, id })
        return personId === null ? null : findSnapshotOf(deps.database, personId)
      },
    },
    async (tx, { deps, caller, params: { id }, revision, now }, who) => {
      await dataRequestForCaller(tx, { caller, id })
      if (!who) throw new DomainError('not-allowed')
      const by = { apiKeyId: caller.keyId }
      const given = { id, who, consent: 'personal-data', by, now, revision } as const
      const changed = await withdrawFor(tx, deps, given)
      return { body: toDataRequest(changed, now), revision: changed.revision }
    },
  )

  writeRoute(
    api,
    'POST /data-requests/:id/answer',
    'data:write',
    {
      ...shown,
      operationId: 'answerDataRequest',
      summary: 'Answers a data request and closes it',
      description:
        'A refusal says why. A block that was made for it ends. 409 while the destruction of the data is due. Audited as ' +
        '`data-requests.changed`.',
      body: z.strictObject({
        outcome: z.enum(['done', 'partly', 'refused']),
        answer: freeText(longestAsked).describe('What the person gets to read; stored encrypted'),
      }),
    },
    async (tx, { deps, caller, params: { id }, body, revision, now }) => {
      await dataRequestForCaller(tx, { caller, id })
      const by = { apiKeyId: caller.keyId }
      const changed = await answerDataRequest(tx, deps, { id, ...body, by, now, revision })
      return { body: toDataRequest(changed, now), revision: changed.revision }
    },
  )
}
