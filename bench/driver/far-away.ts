import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type FarAway = { url: string; close(): void }

/**
 * A way to a local server on which every byte takes `roundTripMs / 2` in each direction. The target is asked for at each
 * connection: it may have no port yet.
 */
export const farAway = async (target: () => string, roundTripMs: number): Promise<FarAway> => {
  const sockets = new Set<Socket>()
  const carry = (from: Socket, to: Socket) => {
    sockets.add(from)
    from.setNoDelay(true)
    // Timers of one length fire in the order in which they were set.
    from.on('data', (data) => setTimeout(() => to.destroyed || to.write(data), roundTripMs / 2))
    from.on('error', () => from.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }
  const server = createServer((near) => {
    const { hostname, port } = new URL(target())
    const far = connect(Number(port), hostname)
    carry(near, far)
    carry(far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
