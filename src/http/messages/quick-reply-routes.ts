import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { addQuickReply, changeQuickReply, removeQuickReply } from '#features/messages/quick-replies.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import type { Reader } from '#storage/database.ts'
import { quickReplies, replyContent } from '#storage/messages/quick-replies.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const params = z.strictObject({ replyId: z.uuid() })
const content = z
  .strictObject(replyContent.shape)
  .meta({ id: 'QuickReplyContent' })
  .describe(
    'Texts in up to three tones, for adults and for minors. `{name}`, `{curator}`, `{day}` and `{time}` (of the next visit) are filled in; ' +
      'other words in braces are refused. Without `minor` it is not offered to minors; without `en`, English readers get the Russian one. `aboutCalls`: not offered to whoever said that calls are not safe',
  )
const replySchema = z
  .strictObject({ id: z.uuid(), position: z.int(), content, updatedAt: z.iso.datetime() })
  .meta({ id: 'QuickReply' })
const listSchema = z.strictObject({ items: z.array(replySchema) }).meta({ id: 'QuickReplies' })

const toList = async (reader: Reader) => ({
  body: {
    items: (await quickReplies(reader)).map(({ updatedAt, ...reply }) => ({
      ...reply,
      updatedAt: updatedAt.toISOString(),
    })),
  },
})

const keeper = ({ keyId, territories }: Caller) => {
  if (territories !== 'all') throw new DomainError('not-allowed')
  return { apiKeyId: keyId }
}

/** One that is not there is not found, whoever asks. */
const mustBeThere = async (reader: Reader, replyId: string): Promise<void> => {
  if (!(await quickReplies(reader)).some(({ id }) => id === replyId)) throw new DomainError('not-found')
}

const centreWide = 'Requires a key for all territories. Audited as `replies.changed`.'

export const serveQuickReplies = (api: Api): void => {
  readRoute(
    api,
    'GET /quick-replies',
    'messages:read',
    {
      operationId: 'listQuickReplies',
      tag: 'Messages',
      summary: 'Lists the ready answers that staff choose from, in display order',
      answer: listSchema,
    },
    ({ deps }) => toList(deps.database),
  )

  writeRoute(
    api,
    'POST /quick-replies',
    'messages:write',
    {
      operationId: 'addQuickReply',
      tag: 'Messages',
      summary: 'Adds a ready answer at the end of the list',
      description: `At most a hundred. ${centreWide}`,
      body: z.strictObject({ content }),
      status: 201,
      answer: listSchema,
    },
    async (tx, { caller, body, now }) => {
      await addQuickReply(tx, { by: keeper(caller), content: body.content, now })
      return toList(tx)
    },
  )

  writeRoute(
    api,
    'PATCH /quick-replies/:replyId',
    'messages:write',
    {
      operationId: 'changeQuickReply',
      tag: 'Messages',
      summary: 'Changes a ready answer, or its place in the list',
      description: centreWide,
      params,
      body: z.strictObject({
        content: content.optional(),
        position: z.int().min(0).max(10_000).optional().describe('Its place, from the least'),
      }),
      answer: listSchema,
    },
    async (tx, { caller, params: { replyId }, body, now }) => {
      await mustBeThere(tx, replyId)
      await changeQuickReply(tx, { by: keeper(caller), id: replyId, ...body, now })
      return toList(tx)
    },
  )

  writeRoute(
    api,
    'DELETE /quick-replies/:replyId',
    'messages:write',
    {
      operationId: 'removeQuickReply',
      tag: 'Messages',
      summary: 'Removes a ready answer',
      description: centreWide,
      params,
    },
    async (tx, { caller, params: { replyId }, now }) => {
      await mustBeThere(tx, replyId)
      await removeQuickReply(tx, { by: keeper(caller), id: replyId, now })
      return { body: undefined }
    },
  )
}
