import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { Update } from '#sandbox/telegram/types.ts'
import { withTest } from './ending.ts'

/** Chooses the port that an update goes to; null closes the connection, as a server that is down does. */
export type Route = (update: Update) => number | null | Promise<number | null>

export type Switchboard = { url: string; route: Route }

/** Telegram's webhook target for several instances: forwards each update to the port that `route` returns. */
export const createSwitchboard = async (ending = withTest): Promise<Switchboard> => {
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const port = await board.route(JSON.parse(body))
    if (port === null) return void request.socket.destroy()
    try {
      const { status, headers, text } = await forward(port, request, body)
      response.writeHead(status, headers).end(text)
    } catch {
      // The instance died while handling the update: Telegram sees a broken connection.
      request.socket.destroy()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ending(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const board: Switchboard = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    route: () => null,
  }
  return board
}

const forward = async (port: number, { url, headers }: IncomingMessage, body: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}${url}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': String(headers['x-telegram-bot-api-secret-token']),
    },
    body,
  })
  const retryAfter = answer.headers.get('retry-after')
  return {
    status: answer.status,
    headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
    text: await answer.text(),
  }
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
