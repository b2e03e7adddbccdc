import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a wire does: `refuse` like a server that is down, `swallow` like a cable that is cut. */
export type WireState = 'through' | 'refuse' | 'swallow'

export type Wire = {
  /** The server's address, by way of the wire. */
  url: string
  set(state: WireState): void
  /** What the server says arrives so many milliseconds late, from now on. */
  slow(milliseconds: number): void
}

/** A wire to a server, which a test can cut; gone when the test ends. */
export const createWire = async (target: string, defaultPort: number): Promise<Wire> => {
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
      // In order: what is quick waits for what was slow before it.
      due = Math.max(due, performance.now() + late)
      if (due <= performance.now()) near.write(data)
      else setTimeout(() => near.destroyed || near.write(data), due - performance.now())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
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
