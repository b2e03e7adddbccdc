import { z } from 'zod'
import { longestMessage } from '#features/messages/write-message.ts'
import { writeForCaller } from '#features/requests/request-steps-api.ts'
import { freeText } from '../free-text.ts'
import { type Api, writeRoute } from '../staff-route.ts'

const params = z.strictObject({ id: z.uuid() })

export const serveMessages = (api: Api): void =>
  writeRoute(
    api,
    'POST /requests/:id/messages',
    'messages:write',
    {
      operationId: 'writeToFamily',
      tag: 'Requests',
      summary: 'Sends a message to the family on behalf of the assigned specialist',
      description: 'The family is notified, reads the message in the bot and can reply.',
      params,
      body: z.strictObject({ text: freeText(longestMessage) }),
      status: 201,
      answer: z
        .strictObject({
          id: z.string().describe("Id of the event in the request's history"),
          at: z.iso.datetime(),
          silent: z
            .boolean()
            .describe(
              'Whether the family gets no notification, because messages are unsafe or unwanted; it sees the message at its next visit to the bot',
            ),
        })
        .meta({ id: 'MessageToFamily' }),
    },
    async (tx, { deps, caller, params: { id }, body: { text }, now }) => {
      const message = await writeForCaller(tx, deps, { caller, id, text, now })
      return { body: { id: String(message.id), at: now.toISOString(), silent: message.silent } }
    },
  )
