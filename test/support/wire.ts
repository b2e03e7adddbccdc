import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { withTest } from './ending.ts'

/** The state of a wire: `refuse` acts like a server that is down, `swallow` like a cut cable. */
export type WireState = 'through' | 'refuse' | 'swallow'

export type Wire = {
  /** The server's URL through the wire. */
  url: string
  set(state: WireState): void
  /** Delays the server's replies by this many milliseconds from now on. */
  slow(milliseconds: number): void
}

/** Opens a proxy to a server that a test can cut; closed when the test ends, unless told. */
export const createWire = async (target: string, defaultPort: number, ending = withTest): Promise<Wire> => {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let state: WireState = 'through'
  let late = 0

  const cut = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  const server = createServer((near) => {
    if (state === 'refuse') return near.destroy()
    const far = connect(Number(port || defaultPort), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    near.on('data', (data) => state === 'through' && far.write(data))
    let due = 0
    far.on('data', (data) => {
      if (state !== 'through') return
      // Keeps the order: a fast chunk waits for a delayed one before it.
      due = Math.max(due, performance.now() + late)
      if (due <= performance.now()) near.write(data)
      else setTimeout(() => near.destroyed || near.write(data), due - performance.now())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ending(() => {
    cut()
    server.close()
  })

  const address = server.address()
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String(typeof address === 'object' ? address?.port : '')
  return {
    url: url.href,
    set: (next) => {
      state = next
      if (next === 'refuse') cut()
    },
    slow: (milliseconds) => {
      late = milliseconds
    },
  }
}
