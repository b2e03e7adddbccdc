import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'

/** A request that a receiver got. */
export type Received = { path: string; headers: Record<string, string>; body: string }

export type Receiver = {
  url: string
  received: Received[]
  /** Parsed payloads. */
  events(): { type: string; timestamp: string; data: Record<string, unknown> }[]
  /** Sets the response; default: 204. */
  answer: (response: ServerResponse, request: Received) => void
}

/** A local receiver that acts as one of the centre's systems; closed when the test ends. */
export const openReceiver = async (): Promise<Receiver> => {
  const received: Received[] = []
  const receiver: Receiver = {
    url: '',
    received,
    events: () => received.map(({ body }) => JSON.parse(body)),
    answer: (response) => response.writeHead(204).end(),
  }
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    const one = { path: request.url ?? '', headers, body: Buffer.concat(chunks).toString() }
    received.push(one)
    receiver.answer(response, one)
  }
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  receiver.url = `http://127.0.0.1:${address.port}/hook`
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return receiver
}
