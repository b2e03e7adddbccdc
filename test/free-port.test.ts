import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from './support/free-port.ts'

test('a port is given once, only if nothing listens there, and never one of the kernel’s own', async () => {
  const port = await freePort()
  // Or somebody else listens there already.
  const server = createServer().listen(port + 1, '127.0.0.1')
  await once(server, 'listening').catch(() => {})
  onTestFinished(() => void server.close())
  const given = [port, await freePort(), await freePort()]
  expect(new Set(given).size).toBe(3)
  expect(given).not.toContain(port + 1)
  for (const one of given) expect(one).toBeLessThan(32_768)
})
