import { z } from 'zod'
import type { Correction } from '#features/corrections/correct.ts'
import { longestReason } from '#features/requests/request-transitions.ts'
import { longestAddress } from '#features/requests/request-content.ts'
import { freeText } from './free-text.ts'

/** Who somebody is and how staff reach them. */
export const personName = freeText(100).describe('Stored encrypted')
export const phoneNumber = z
  .string()
  .regex(/^\+\d{7,15}$/, 'must be a number in E.164, such as +78652123456')
  .describe('In E.164: `+78652123456`; stored encrypted')
export const postalAddress = freeText(longestAddress).describe('Stored encrypted')

export const memberFacts = {
  name: personName,
  phone: phoneNumber.exactOptional(),
  address: postalAddress.exactOptional(),
}

export const factsNote =
  'A field that is left out stays as it is; null: there is none any more. What stood there before is kept encrypted with the ' +
  'reason, and the search of staff follows.'

export const correctionSchema = z
  .strictObject({
    name: personName.optional(),
    phone: phoneNumber.nullable().optional(),
    address: postalAddress.nullable().optional(),
    reason: freeText(longestReason).describe('Why, and who said so; kept with what stood there before'),
  })
  .refine(({ name, phone, address }) => [name, phone, address].some((fact) => fact !== undefined), {
    path: ['reason'],
    message: 'needs a name, phone or address to correct',
  })
  .meta({
    examples: [
      { phone: '+79280000000', address: null, reason: 'The mother has a new number, and has moved' },
    ],
  })

export const correctionMadeSchema = z
  .strictObject({
    fields: z.array(z.enum(['name', 'phone', 'address'])),
    before: z.strictObject({
      name: z.string().optional(),
      phone: z.string().optional(),
      address: z.string().optional(),
    }),
    reason: z.string(),
    at: z.iso.datetime(),
    staffId: z.uuid().nullable(),
    apiKeyId: z.uuid().nullable(),
  })
  .meta({ id: 'Correction', description: 'What stood in these fields before' })

export const toCorrection = ({ at, ...correction }: Correction): z.output<typeof correctionMadeSchema> => ({
  ...correction,
  at: at.toISOString(),
})
