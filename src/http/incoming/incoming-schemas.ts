import { z } from 'zod'
import type { IncomingDetails } from '#features/incoming/incoming-api.ts'
import { stateOfIncoming } from '#features/incoming/incoming.ts'
import { sourceCodes } from '#regions/schema.ts'
import { incomingOutcomes, type StoredIncoming } from '#storage/incoming/incoming.ts'
import { dayOf } from '#storage/plan/plans.ts'

const shape = {
  id: z.uuid(),
  number: z.int().describe('Number used by people, such as 17'),
  source: z.enum(sourceCodes),
  receivedOn: z.iso.date().describe('The day on which the centre got it'),
  territory: z.string().describe("Code of the region's territory, or `other`"),
  urgent: z.boolean().describe('Words of danger were heard: an urgent request was opened'),
  familyId: z.uuid().nullable().describe('The family that it is about'),
  requestId: z.uuid().nullable().describe('The request that came of it'),
  confirmed: z.boolean().describe('False: somebody found that it is not so'),
  registeredAt: z.iso.datetime(),
  history: z
    .array(
      z
        .strictObject({
          outcome: z.enum(incomingOutcomes),
          at: z.iso.datetime(),
          staffId: z.uuid().nullable(),
          apiKeyId: z.uuid().nullable(),
        })
        .meta({ id: 'IncomingStep' }),
    )
    .describe('Oldest first'),
}

export const incomingSchema = z.strictObject(shape).meta({ id: 'Incoming' })

export const incomingDetailsSchema = z
  .strictObject({
    ...shape,
    from: z.string(),
    words: z.string(),
    unconfirmed: z.string().nullable().describe('Why it was not confirmed'),
  })
  .meta({ id: 'IncomingDetails' })

export const toIncoming = (incoming: StoredIncoming): z.output<typeof incomingSchema> => {
  const { familyId, requestId, unconfirmed } = stateOfIncoming(incoming.steps)
  return {
    id: incoming.id,
    number: incoming.number,
    source: z.enum(sourceCodes).parse(incoming.source),
    receivedOn: dayOf(incoming.receivedOn),
    territory: incoming.territory,
    urgent: incoming.urgent,
    familyId,
    requestId,
    confirmed: unconfirmed === null,
    registeredAt: incoming.at.toISOString(),
    history: incoming.steps.map(({ kind, at, staffId, apiKeyId }) => ({
      ...{ outcome: kind, at: at.toISOString(), staffId, apiKeyId },
    })),
  }
}

export const toIncomingDetails = ({
  incoming,
  content,
  unconfirmed,
}: IncomingDetails): z.output<typeof incomingDetailsSchema> => ({
  ...toIncoming(incoming),
  ...content,
  unconfirmed,
})
