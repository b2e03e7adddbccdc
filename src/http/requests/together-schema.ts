import { z } from 'zod'
import type { TogetherForStaff } from '#features/together/together-for-staff.ts'
import { togetherStatuses } from '#storage/requests/together.ts'

export const togetherSchema = z
  .strictObject({
    status: z
      .enum(togetherStatuses)
      .describe(
        '`waiting` for the link to be opened, `answered`: the applicant has to recognise who answered, `joined`, or how it ended',
      ),
    since: z.iso.datetime(),
    until: z.iso.datetime().describe('Until when it waits'),
    agreed: z.boolean().describe("Whether a representative has agreed to a minor's request in this way"),
  })
  .meta({ id: 'RequestTogether' })
  .nullable()
  .describe('A parent and a teenager who ask together (0117); null: nobody was asked to join')

export const toTogether = (together: TogetherForStaff | null): z.output<typeof togetherSchema> =>
  together && {
    status: together.status,
    since: together.since.toISOString(),
    until: together.until.toISOString(),
    agreed: together.agreed,
  }
