import { z } from 'zod'
import { safetyForCaller } from '#features/families/families-api.ts'
import { fileKinds } from '#features/messages/message-files.ts'
import { type ApiMessage, messagesForCaller, writeToMember } from '#features/messages/messages-api.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { safetySchema, toSafetyFact } from '#http/families/family-schemas.ts'
import { freeText } from '../free-text.ts'
import { instant } from '../instant.ts'
import { cursorFor, pageOf, pageQuery, updatedSinceQuery } from '../pages.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const messageSchema = z
  .strictObject({
    id: z.uuid(),
    memberId: z.uuid().describe('The member whose conversation this is; each member has a separate one'),
    author: z.enum(['member', 'staff']),
    staffId: z.uuid().nullable().describe('The staff author'),
    apiKeyId: z.uuid().nullable().describe('The API key that sent it'),
    text: z.string().nullable(),
    file: z
      .strictObject({
        kind: z.enum(fileKinds),
        name: z.string().nullable(),
        mime: z.string().nullable(),
        size: z.int().nullable().describe('Size in bytes'),
      })
      .nullable()
      .describe(
        'Metadata of the attachment. The file itself stays with Telegram and can be opened in the bot.',
      ),
    activityId: z.uuid().nullable().describe('The plan activity that the message is about'),
    visitId: z.uuid().nullable().describe('The visit that the message is about'),
    alarming: z.boolean().describe("Whether it contains a word of the centre's list"),
    at: z.iso.datetime(),
    deliveredAt: z.iso.datetime().nullable().describe('When the recipient was notified'),
    readAt: z.iso.datetime().nullable().describe('When the recipient opened it'),
    hiddenFrom: z
      .array(z.uuid())
      .describe('Staff members who must not read it, because the member asked to speak with somebody else'),
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
      summary: 'Lists messages between a family and staff, newest first',
      description:
        "Each member's conversation is private: do not show it to other members of the family. Every page is audited. " +
        'Reading through the API does not mark messages as read.',
      params: z.strictObject({ id: z.uuid() }),
      query: z.strictObject({ ...pageQuery, ...updatedSinceQuery, memberId: z.uuid().optional() }),
      answer: pageOf(messageSchema).extend({ safety: safetySchema }).meta({ id: 'MessagePage' }),
      audited: true,
    },
    ({ deps, caller, params: { id }, query: { limit, memberId, updatedSince, cursor: given }, now }) => {
      const before = cursor.read(given, memberId)
      return deps.database.transaction(async (tx) => {
        const asked = { caller, id, memberId, updatedSince, limit, before, now }
        const { items, next } = await messagesForCaller(tx, deps.sealer, asked)
        const nextCursor = next && cursor.write({ at: next.at, id: next.id }, memberId)
        const safety = await safetyForCaller(tx, deps.sealer, { caller, id, now })
        return { body: { items: items.map(toMessage), nextCursor, safety: safety.map(toSafetyFact) } }
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
      summary: 'Sends a message to a family member on behalf of the curator',
      description: 'The member is notified, reads the message in the bot and can reply.',
      params: z.strictObject({ id: z.uuid(), memberId: z.uuid() }),
      body: z.strictObject({ text: freeText(longestMessage) }),
      status: 201,
      answer: z
        .strictObject({
          id: z.uuid(),
          at: z.iso.datetime(),
          silent: z
            .boolean()
            .describe(
              'Whether the member gets no notification, because they have not joined yet or messages are unsafe',
            ),
          safety: safetySchema,
        })
        .meta({ id: 'MessageToMember' }),
    },
    async (tx, { deps, caller, params: { id, memberId }, body: { text }, now }) => {
      const { message, told } = await writeToMember(tx, deps, { caller, id, memberId, text, now })
      const safety = (await safetyForCaller(tx, deps.sealer, { caller, id, now })).map(toSafetyFact)
      return { body: { id: message.id, at: message.at.toISOString(), silent: !told, safety } }
    },
  )
}

const toMessage = ({ familyId: _, at, deliveredAt, readAt, ...rest }: ApiMessage) => ({
  ...rest,
  at: at.toISOString(),
  deliveredAt: deliveredAt?.toISOString() ?? null,
  readAt: readAt?.toISOString() ?? null,
})
