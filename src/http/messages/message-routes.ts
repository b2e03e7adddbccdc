import { z } from 'zod'
import { messagesForCaller, type ApiMessage, writeToMember } from '#features/messages/messages-api.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { instant } from '../instant.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { freeText } from '../free-text.ts'

const messageSchema = z
  .strictObject({
    id: z.uuid(),
    memberId: z.uuid().describe('Whose conversation it belongs to: each member has one of their own'),
    author: z.enum(['member', 'staff']),
    staffId: z.uuid().nullable().describe('Who of the staff wrote it'),
    apiKeyId: z.uuid().nullable().describe('Through which key'),
    text: z.string().nullable(),
    file: z
      .strictObject({
        kind: z.enum(['photo', 'document']),
        name: z.string().nullable(),
        mime: z.string().nullable(),
        size: z.int().nullable().describe('Bytes'),
      })
      .nullable()
      .describe('What it is; the file itself stays with Telegram, and is opened in the bot'),
    activityId: z.uuid().nullable().describe('The activity that it asks about'),
    alarming: z.boolean().describe("A word of the centre's list stands in it"),
    at: z.iso.datetime(),
    deliveredAt: z.iso.datetime().nullable().describe("When the other side's phone showed that it is there"),
    readAt: z.iso.datetime().nullable().describe('When the other side opened it'),
  })
  .meta({ id: 'Message' })

const cursor = cursorFor('messages', z.strictObject({ at: instant, id: z.uuid() }))

export const serveMessages = (api: Api): void => {
  readRoute(
    api,
    'GET /families/:id/messages',
    'messages:read',
    {
      operationId: 'listFamilyMessages',
      tag: 'Messages',
      summary: 'What the members of a family and the staff write to each other; newest first',
      description:
        "Each member's conversation is theirs alone: show it to nobody else of the family. Every page is audited. " +
        'Reading here leaves a message unread: that it was read is said by whoever opens it in the bot.',
      params: z.strictObject({ id: z.uuid() }),
      query: z.strictObject({ ...pageQuery, memberId: z.uuid().optional() }),
      answer: pageOf(messageSchema).meta({ id: 'MessagePage' }),
      audited: true,
    },
    ({ deps, caller, params: { id }, query: { limit, memberId, cursor: given }, now }) => {
      const before = cursor.read(given, memberId)
      return deps.database.transaction(async (tx) => {
        const asked = { caller, id, memberId, limit, before, now }
        const { items, next } = await messagesForCaller(tx, deps.sealer, asked)
        const nextCursor = next && cursor.write({ at: next.at, id: next.id }, memberId)
        return { body: { items: items.map(toMessage), nextCursor } }
      })
    },
  )

  writeRoute(
    api,
    'POST /families/:id/members/:memberId/messages',
    'messages:write',
    {
      operationId: 'writeToFamilyMember',
      tag: 'Messages',
      summary: "Writes to a member as the family's curator",
      description: 'The member reads it in the bot, is told that there is something to read, and can answer.',
      params: z.strictObject({ id: z.uuid(), memberId: z.uuid() }),
      body: z.strictObject({ text: freeText(longestMessage) }),
      status: 201,
      answer: z
        .strictObject({
          id: z.uuid(),
          at: z.iso.datetime(),
          silent: z
            .boolean()
            .describe('The member is not told: they have not joined yet, or said that it is not safe'),
        })
        .meta({ id: 'MessageToMember' }),
    },
    async (tx, { deps, caller, params: { id, memberId }, body: { text }, now }) => {
      const { message, told } = await writeToMember(tx, deps, { caller, id, memberId, text, now })
      return { body: { id: message.id, at: message.at.toISOString(), silent: !told } }
    },
  )
}

const toMessage = ({ familyId: _, at, deliveredAt, readAt, ...rest }: ApiMessage) => ({
  ...rest,
  at: at.toISOString(),
  deliveredAt: deliveredAt?.toISOString() ?? null,
  readAt: readAt?.toISOString() ?? null,
})
