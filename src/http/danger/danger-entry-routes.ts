import { z } from 'zod'
import { entriesForCaller, switchEntriesOff } from '#features/danger/danger-api.ts'
import { dangerEntries } from '#features/danger/danger-entries.ts'
import { dangerKinds, dangerLevels } from '#features/danger/danger-kinds.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const entrySchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(dangerKinds),
    level: z
      .enum(dangerLevels)
      .describe(
        'How soon a person reads it; `look`: the author is shown the numbers, and nobody is notified',
      ),
    on: z.boolean().describe('Whether the centre uses it'),
  })
  .meta({ id: 'DangerEntry' })

const listSchema = z.strictObject({ entries: z.array(entrySchema) }).meta({ id: 'DangerEntries' })

const entryIds = dangerEntries.map(({ id }) => id)

export const serveDangerEntries = (api: Api): void => {
  readRoute(
    api,
    'GET /danger-entries',
    'messages:read',
    {
      operationId: 'listDangerEntries',
      tag: 'Messages',
      summary: 'Lists the built-in entries of words of danger',
      description:
        'The product hears words of danger in every text that a family writes, by these entries and by the alarming words of the centre.',
      answer: listSchema,
    },
    async ({ deps }) => ({ body: { entries: await entriesForCaller(deps.database) } }),
  )

  writeRoute(
    api,
    'PUT /danger-entries',
    'messages:write',
    {
      operationId: 'putDangerEntries',
      tag: 'Messages',
      summary: 'Sets which built-in entries are switched off',
      description:
        'All others are on. Applies to all territories, so a key limited to some of them is rejected. The change is audited.',
      body: z.strictObject({ off: z.array(z.enum(entryIds)).max(entryIds.length) }),
      answer: listSchema,
    },
    async (tx, { caller, body: { off }, now }) => ({
      body: { entries: await switchEntriesOff(tx, { caller, off, now }) },
    }),
  )
}
