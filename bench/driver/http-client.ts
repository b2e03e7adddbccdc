import { connect, type Socket } from 'node:net'

export type Answer = { status: number; body: string }
export type Poster = { post(json: string): Promise<Answer>; close(): void }

type Connection = {
  socket: Socket
  received: string
  done: ((answer: Answer) => void) | undefined
  fail: ((error: Error) => void) | undefined
}

/**
 * POSTs updates like Telegram: HTTP/1.1, keep-alive connections, one request in flight on each. Written on bare
 * sockets so that generating the load costs less than serving it.
 */
export const createPoster = (port: number, path: string, secret: string): Poster => {
  const idle: Connection[] = []
  const all = new Set<Connection>()
  const head =
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n` +
    `x-telegram-bot-api-secret-token: ${secret}\r\ncontent-length: `

  const open = (): Connection => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const connection: Connection = { socket, received: '', done: undefined, fail: undefined }
    all.add(connection)
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      connection.received = connection.received === '' ? chunk : connection.received + chunk
      const answer = parseAnswer(connection.received)
      if (!answer) return
      connection.received = ''
      const { done } = connection
      connection.done = connection.fail = undefined
      idle.push(connection)
      done?.(answer)
    })
    const lost = (error?: Error) => {
      all.delete(connection)
      const at = idle.indexOf(connection)
      if (at >= 0) idle.splice(at, 1)
      connection.fail?.(error ?? new Error('The bot closed the connection'))
      connection.done = connection.fail = undefined
    }
    socket.on('error', lost)
    socket.on('close', () => lost())
    return connection
  }

  return {
    post: (json) =>
      new Promise((resolve, reject) => {
        const connection = idle.pop() ?? open()
        connection.done = resolve
        connection.fail = reject
        connection.socket.write(`${head}${Buffer.byteLength(json)}\r\n\r\n${json}`)
      }),
    close: () => {
      for (const { socket } of all) socket.destroy()
    },
  }
}

/** The response once it is complete. Read as latin1, one character per byte, so that lengths are right. */
const parseAnswer = (received: string): Answer | undefined => {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const status = Number(received.slice(9, 12))
  const headers = received.slice(0, end).toLowerCase()
  const body = received.slice(end + 4)
  const at = headers.indexOf('\r\ncontent-length:')
  if (at >= 0) {
    const length = Number.parseInt(headers.slice(at + 17, at + 30), 10)
    return body.length >= length ? { status, body: asUtf8(body) } : undefined
  }
  if (!headers.includes('\r\ntransfer-encoding: chunked')) return { status, body: '' }
  return body.endsWith('0\r\n\r\n') ? { status, body: asUtf8(joinChunks(body)) } : undefined
}

const asUtf8 = (latin1: string): string =>
  latin1 === '' ? '' : Buffer.from(latin1, 'latin1').toString('utf8')

const joinChunks = (body: string): string => {
  let joined = ''
  for (let at = 0; ; ) {
    const line = body.indexOf('\r\n', at)
    const length = Number.parseInt(body.slice(at, line), 16)
    if (!(length > 0)) return joined
    joined += body.slice(line + 2, line + 2 + length)
    at = line + 4 + length
  }
}
