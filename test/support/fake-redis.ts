import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** The commands in these bytes, as arrays of words; what is incomplete is left. */
const commandsIn = (text: string): { commands: string[][]; rest: string } => {
  const commands: string[][] = []
  let rest = text
  for (;;) {
    const head = /^\*(\d+)\r\n/.exec(rest)
    if (!head) return { commands, rest }
    const words: string[] = []
    let at = head[0].length
    for (let n = Number(head[1]); n > 0; n -= 1) {
      const size = /^\$(\d+)\r\n/.exec(rest.slice(at))
      if (!size) return { commands, rest }
      at += size[0].length
      if (rest.length < at + Number(size[1]) + 2) return { commands, rest }
      words.push(rest.slice(at, at + Number(size[1])))
      at += Number(size[1]) + 2
    }
    commands.push(words)
    rest = rest.slice(at)
  }
}

const bulk = (value: string | undefined): string =>
  value === undefined ? '$-1\r\n' : `$${value.length}\r\n${value}\r\n`

/** A Redis without a disk, which a test can restart: it is empty then, and another run. Knows what sessions need. */
export const openFakeRedis = async () => {
  const values = new Map<string, string>()
  const sockets = new Set<Socket>()
  let greeted = 0
  let run = randomBytes(20).toString('hex')
  const answer = ([name = '', ...words]: string[]): string => {
    switch (name.toLowerCase()) {
      case 'info':
        greeted += 1
        return bulk(`redis_version:7.0.0\r\nrun_id:${run}\r\nloading:0\r\n`)
      case 'mget':
        return `*${words.length}\r\n${words.map((word) => bulk(values.get(word))).join('')}`
      case 'getrange':
        return bulk((values.get(words[0] ?? '') ?? '').slice(Number(words[1])))
      case 'set':
        values.set(words[0] ?? '', words[1] ?? '')
        return '+OK\r\n'
      case 'del':
        return `:${words.filter((word) => values.delete(word)).length}\r\n`
      default:
        return '+OK\r\n'
    }
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    let left = ''
    socket.on('data', (data) => {
      const { commands, rest } = commandsIn(left + data.toString('latin1'))
      left = rest
      for (const command of commands) socket.write(answer(command), 'latin1')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const drop = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  onTestFinished(() => {
    drop()
    server.close()
  })
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    values,
    /** How many clients have come since the last start. */
    greeted: () => greeted,
    restart: () => {
      drop()
      values.clear()
      greeted = 0
      run = randomBytes(20).toString('hex')
    },
  }
}
