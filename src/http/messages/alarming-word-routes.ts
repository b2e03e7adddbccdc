import { z } from 'zod'
import { maxListWords, normalizeListWord } from '#features/messages/alarming-words.ts'
import { replaceAlarmingWords } from '#features/messages/messages-api.ts'
import { alarmingWords } from '#storage/messages/alarming-words.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const word = z
  .string()
  .max(100)
  .refine(
    (given) => normalizeListWord(given) !== null,
    'not a word of 2–40 letters, with * at its end or without',
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
      summary: 'Words that make the staff look at once, as they are compared',
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
      summary: 'Puts the whole list of alarming words',
      description:
        'A message in which one stands is sent all the same: its author reads where to call, and curator and ' +
        'supervisors are told at any hour. Capitals are the same as small letters, and io (U+0451) as ie; `*` at the end stands ' +
        'for any ending; several words with blanks between stand in this order. The list holds for all territories: a ' +
        'key of some of them is refused.',
      body: z.strictObject({ words: z.array(word).max(maxListWords) }),
      answer: listSchema,
    },
    async (tx, { caller, body: { words }, now }) => ({
      body: { words: await replaceAlarmingWords(tx, { caller, words, now }) },
    }),
  )
}
