import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'

/** Listens at a free port of this machine until the test ends. */
export const listen = async (serve: (socket: Socket) => void): Promise<number> => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    serve(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Takes connections and says nothing. */
export const silent = (): void => {}

/** A certificate that nobody has signed but itself. */
export const selfSigned = (): { key: Buffer; cert: Buffer } => {
  const dir = mkdtempSync(join(tmpdir(), 'ryadom-cert-'))
  try {
    const out = [
      '-keyout',
      join(dir, 'key'),
      '-out',
      join(dir, 'cert'),
      '-days',
      '1',
      '-subj',
      '/CN=localhost',
    ]
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...out], { stdio: 'ignore' })
    return { key: readFileSync(join(dir, 'key')), cert: readFileSync(join(dir, 'cert')) }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** PostgreSQL's refusal with this SQLSTATE, which quotes what it was asked. */
export const refusing =
  (state: string, message = 'no tell-nobody') =>
  (socket: Socket) =>
    void socket.once('data', () => {
      const fields = Buffer.from(`SFATAL\0VFATAL\0C${state}\0M${message}\0\0`)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(fields.length + 4)
      socket.end(Buffer.concat([Buffer.from('E'), length, fields]))
    })

/** A server whose certificate nobody trusts. */
export const withTls = (socket: Socket): void => {
  const own = selfSigned()
  socket.once('data', () => {
    socket.write('S')
    new TLSSocket(socket, { isServer: true, ...own }).on('error', () => socket.destroy())
  })
}
