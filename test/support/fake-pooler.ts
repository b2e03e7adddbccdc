import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A connection to the server: who has it at the moment, and how many answers are still to come. */
type Server = { socket: Socket; client: Socket | null; open: number; rest: Buffer }

/** Splits whole protocol messages off a stream: type and length, as both sides frame them. */
const framed = (bytes: Buffer): { messages: Buffer[]; rest: Buffer } => {
  const messages: Buffer[] = []
  let at = 0
  while (bytes.length - at >= 5 && bytes.length - at >= 1 + bytes.readUInt32BE(at + 1)) {
    const end = at + 1 + bytes.readUInt32BE(at + 1)
    messages.push(bytes.subarray(at, end))
    at = end
  }
  return { messages, rest: bytes.subarray(at) }
}
const typeOf = (message: Buffer): string => String.fromCharCode(message[0] ?? 0)

/**
 * A pooler in transaction mode, as PgBouncer is between the lines: a client has a server of its own for the time of a
 * transaction only, and gets the one that was left last. Told to ignore startup parameters, it passes none of
 * these on. Returns the URL of the same database behind it.
 */
export const openFakePooler = async (
  databaseUrl: string,
  ignored: readonly string[] = [],
): Promise<string> => {
  const target = new URL(databaseUrl)
  const idle: Server[] = []
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
  }
  let welcome = Buffer.alloc(0)

  /** Resolves when the new server is among the idle ones. */
  const openServer = async (startup: Buffer): Promise<void> => {
    const socket = connect(Number(target.port || 5432), target.hostname)
    keep(socket)
    socket.write(startup)
    const server: Server = { socket, client: null, open: 1, rest: Buffer.alloc(0) }
    const ready = Promise.withResolvers<void>()
    const said: Buffer[] = []
    socket.on('data', (data) => {
      const { messages, rest } = framed(Buffer.concat([server.rest, data]))
      server.rest = rest
      for (const message of messages) {
        if (server.client) server.client.write(message)
        else said.push(message)
        if (typeOf(message) !== 'Z') continue
        server.open -= 1
        // `I`: no transaction is under way.
        if (server.open > 0 || message[5] !== 'I'.charCodeAt(0)) continue
        if (!server.client) welcome = Buffer.concat(said)
        server.client = null
        idle.push(server)
        ready.resolve()
      }
    })
    await ready.promise
  }

  const pooler = createServer((client) => {
    keep(client)
    let startup: Buffer | undefined
    let rest: Buffer = Buffer.alloc(0)
    let work = Promise.resolve()
    let mine: Server | undefined
    const pass = async (message: Buffer) => {
      if (mine?.client !== client) {
        if (idle.length === 0 && startup) await openServer(startup)
        mine = idle.pop()
        if (!mine) return
        mine.client = client
      }
      if ('QS'.includes(typeOf(message))) mine.open += 1
      mine.socket.write(message)
    }
    const receive = async (data: Buffer) => {
      if (!startup) {
        startup = startupWithout(data, ignored)
        if (idle.length === 0 && welcome.length === 0) await openServer(startup)
        client.write(
          Buffer.concat(framed(welcome).messages.map((one) => (typeOf(one) === 'K' ? ownKey(one) : one))),
        )
        return
      }
      const { messages, rest: left } = framed(Buffer.concat([rest, data]))
      rest = left
      for (const message of messages) {
        if (typeOf(message) === 'X') return void client.end()
        await pass(message)
      }
    }
    client.on('data', (data) => {
      work = work.then(() => receive(data))
    })
  }).listen(0, '127.0.0.1')
  await once(pooler, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    pooler.close()
  })
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((pooler.address() as AddressInfo).port)
  return url.href
}

/** A startup message is its length, the protocol's version, and names with values, each ended by a zero. */
const startupWithout = (message: Buffer, ignored: readonly string[]): Buffer => {
  const texts = message.subarray(8, -1).toString().split('\0').slice(0, -1)
  const kept = texts.filter((_, at) => !ignored.includes(texts[at - (at % 2)] ?? ''))
  const body = Buffer.concat([
    message.subarray(4, 8),
    Buffer.from(`${kept.map((text) => `${text}\0`).join('')}\0`),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length + 4)
  return Buffer.concat([length, body])
}

/** A pooler has cancellation keys of its own. */
const ownKey = (message: Buffer): Buffer =>
  Buffer.concat([message.subarray(0, 5), randomBytes(message.length - 5)])
