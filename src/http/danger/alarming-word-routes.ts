import { z } from 'zod'
import { maxListWords, normalizeListWord } from '#features/danger/alarming-words.ts'
import { replaceAlarmingWords } from '#features/danger/danger-api.ts'
import { alarmingWords } from '#storage/danger/alarming-words.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const word = z
  .string()
  .max(100)
  .refine(
    (given) => normalizeListWord(given) !== null,
    'must be words of 2–40 letters, optionally ending in `*`',
  )
  .meta({ minLength: 2 })

const listSchema = z.strictObject({ words: z.array(z.string()) }).meta({ id: 'AlarmingWords' })

export const serveAlarmingWords = (api: Api): void => {
  readRoute(
    api,
    'GET /alarming-words',
    'messages:read',
    {
      operationId: 'listAlarmingWords',
      tag: 'Messages',
      summary: 'Returns the alarming words in normalized form',
      answer: listSchema,
    },
    async ({ deps }) => ({ body: { words: await alarmingWords(deps.database) } }),
  )

  writeRoute(
    api,
    'PUT /alarming-words',
    'messages:write',
    {
      operationId: 'putAlarmingWords',
      tag: 'Messages',
      summary: 'Replaces the list of alarming words',
      description:
        'A message with an alarming word is delivered as usual; its author is shown helpline numbers, and the curator and ' +
        'supervisors are notified at any hour. Matching ignores case and treats io (U+0451) as ie. A trailing `*` matches any ' +
        'ending; words separated by spaces match in this order. The list applies to all territories, so a key limited to some ' +
        'of them is rejected.',
      body: z.strictObject({ words: z.array(word).max(maxListWords) }),
      answer: listSchema,
    },
    async (tx, { caller, body: { words }, now }) => ({
      body: { words: await replaceAlarmingWords(tx, { caller, words, now }) },
    }),
  )
}
