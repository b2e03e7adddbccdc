import diagnostics from 'node:diagnostics_channel'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { checkAddress, parseEndpointUrl, refusalOf } from '#features/webhooks/ssrf-guard.ts'
import { type Lookup, lookupAll, NotResolved } from '#features/webhooks/lookup.ts'
import { createSender } from '#channels/webhooks/send.ts'
import { disguised, forbidden, malformed } from '#test/support/forbidden-addresses.ts'
import { freePort } from '#test/support/free-port.ts'
import { openReceiver } from '#test/support/receiver.ts'

/** The traps’ port counts as usual: it is the address that is refused. */
const strict = { allowLoopback: false, ports: [443, 8443] }
const to =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses
const refusal = expect.objectContaining({ code: 'address-refused' })
const literal = (address: string, port: number) =>
  `https://${address.includes(':') ? `[${address}]` : address}:${port}/`

/** Every socket that this process opens, and every connection that reaches the trap. */
let opened = 0
let trapped = 0
const onSocket = () => {
  opened += 1
}
const [four, six] = [createServer(), createServer()]
let port = 0

beforeAll(async () => {
  diagnostics.subscribe('net.client.socket', onSocket)
  for (const trap of [four, six]) {
    trap.on('connection', (socket) => {
      trapped += 1
      socket.destroy()
    })
  }
  port = await freePort()
  four.listen(port, '0.0.0.0')
  await once(four, 'listening')
  strict.ports.push(port)
  six.listen({ port, host: '::1' })
  await once(six, 'listening')
})
afterAll(() => {
  diagnostics.unsubscribe('net.client.socket', onSocket)
  for (const trap of [four, six]) trap.close()
})
beforeEach(() => {
  opened = 0
  trapped = 0
})

const attempt = async (url: string, settings: Parameters<typeof createSender>[0]) => {
  const sender = createSender(settings)
  onTestFinished(() => sender.close())
  return sender.send(url, {}, '{}', new AbortController().signal)
}

describe('the trap', () => {
  test('records connections', async () => {
    const answer = await attempt(`http://127.0.0.1:${port}/`, { allowLoopback: true })
    expect(answer).toMatchObject({ status: null, error: 'broken-off' })
    expect({ opened, trapped }).toEqual({ opened: 1, trapped: 1 })
  })
})

describe.each(forbidden)('%s (%s)', (address) => {
  test('is refused at creation, literally and behind a name', async () => {
    await expect(checkAddress(literal(address, port), strict)).rejects.toEqual(refusal)
    for (const lookup of [to(address), to('8.8.8.8', address), to(address, '2606:4700::1111')]) {
      await expect(checkAddress('https://hooks.example.com/', { ...strict, lookup })).rejects.toEqual(refusal)
    }
    expect(opened).toBe(0)
  })

  test('is not connected to after a name resolves to it, nor if it was stored literally', async () => {
    for (const lookup of [to(address), to('8.8.8.8', address)]) {
      const answer = await attempt(`https://hooks.example.com:${port}/`, { ...strict, lookup })
      expect(answer).toMatchObject({ status: null, error: 'address-refused' })
    }
    expect(await attempt(literal(address, port), strict)).toMatchObject({ error: 'address-refused' })
    expect({ opened, trapped }).toEqual({ opened: 0, trapped: 0 })
  })
})

describe('an address', () => {
  test.each(disguised)('disguised: %s', async (url) => {
    await expect(checkAddress(url, { ...strict, lookup: to('8.8.8.8') })).rejects.toEqual(refusal)
  })

  test.each(malformed)('invalid: %s', async (url) => {
    await expect(checkAddress(url, { ...strict, lookup: to('8.8.8.8') })).rejects.toEqual(refusal)
  })

  test('with an unknown name, or an unresponsive DNS', async () => {
    const unknown = { ...strict, lookup: to() }
    await expect(checkAddress('https://hooks.example.com/', unknown)).rejects.toEqual(refusal)
    const failing = { ...strict, lookup: () => Promise.reject(new Error('SERVFAIL')) }
    await expect(checkAddress('https://hooks.example.com/', failing)).rejects.toEqual(refusal)
    await expect(lookupAll('no-such-name.invalid')).rejects.toBeInstanceOf(NotResolved)
    const silent = { ...strict, lookup: () => new Promise<never>(() => {}) }
    await expect(checkAddress('https://hooks.example.com/', silent)).rejects.toEqual(refusal)
  })

  test.each([
    'https://hooks.example.com:80/',
    'https://hooks.example.com:22/',
    'https://hooks.example.com:9443/',
    'https://8.8.8.8:25/',
    'https://[2606:4700::1111]:5432/',
  ])('at an unusual port, unless operators allow it: %s', async (url) => {
    const usual = { allowLoopback: false, lookup: to('8.8.8.8') }
    await expect(checkAddress(url, usual)).rejects.toEqual(refusal)
    const ports = [Number(new URL(url).port)]
    expect((await checkAddress(url, { ...usual, ports })).href).toBe(url)
    await expect(checkAddress('https://hooks.example.com/', { ...usual, ports })).rejects.toEqual(refusal)
  })

  test('at an unusual port is not connected to either, though it was accepted once', () => {
    const there = { protocol: 'https:', hostname: 'example.com', port: '9443' }
    expect(refusalOf('8.8.8.8', there, { allowLoopback: false })).toBe('port')
    expect(refusalOf('8.8.8.8', there, { allowLoopback: false, ports: [9443] })).toBe(null)
    expect(refusalOf('8.8.8.8', { ...there, port: '' }, { allowLoopback: false })).toBe(null)
  })

  test.each([
    ['https://hooks.example.com:8443/a?b=c#d', 'https://hooks.example.com:8443/a?b=c'],
    ['https://Hooks.Example.COM', 'https://hooks.example.com/'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
  ])('that is public is accepted: %s', async (url, href) => {
    const checked = await checkAddress(url, { ...strict, lookup: to('8.8.8.8', '2606:4700::1111') })
    expect(checked.href).toBe(href)
  })

  test('of this machine is accepted in the sandbox, but no other internal one', async () => {
    const sandbox = { allowLoopback: true }
    for (const url of ['http://127.0.0.1:3000/', 'http://localhost:3000/', 'http://[::1]:3000/']) {
      expect((await checkAddress(url, sandbox)).href).toBe(url)
    }
    for (const url of ['http://10.0.0.1/', 'http://8.8.8.8/', 'https://10.0.0.1/', 'http://router/']) {
      await expect(checkAddress(url, sandbox)).rejects.toEqual(refusal)
    }
    expect(() => parseEndpointUrl('http://169.254.169.254/', sandbox)).toThrow('address-refused')
  })
})

describe('a connection', () => {
  test('is not made if the name resolves differently than when it was checked', async () => {
    const answers = [to('8.8.8.8'), to('127.0.0.1')]
    const lookup: Lookup = (host) => (answers.shift() ?? to('127.0.0.1'))(host)
    const { href } = await checkAddress(`https://hooks.example.com:${port}/`, { ...strict, lookup })
    expect(await attempt(href, { ...strict, lookup })).toMatchObject({ error: 'address-refused' })
    expect({ opened, trapped }).toEqual({ opened: 0, trapped: 0 })
  })

  test('is made to the checked address: one DNS query, the Host header is the name', async () => {
    const receiver = await openReceiver()
    let asked = 0
    const lookup: Lookup = (host) => {
      asked += 1
      return to(asked === 1 ? '127.0.0.1' : '8.8.8.8')(host)
    }
    const url = receiver.url.replace('127.0.0.1', 'hooks.example.com')
    expect(await attempt(url, { allowLoopback: true, lookup })).toMatchObject({ status: 204 })
    expect(asked).toBe(1)
    expect(receiver.received[0]?.headers.host).toBe(new URL(url).host)
  })

  test('asks TLS for the name, not for the address', async () => {
    const names: string[] = []
    const server = createTlsServer({
      SNICallback: (name, done) => {
        names.push(name)
        done(new Error('no certificate'))
      },
    }).listen(0, '127.0.0.1')
    server.on('tlsClientError', () => undefined)
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const url = `https://hooks.example.com:${(server.address() as AddressInfo).port}/`
    const answer = await attempt(url, { allowLoopback: true, lookup: to('127.0.0.1') })
    expect(answer.status).toBeNull()
    expect(names).toEqual(['hooks.example.com'])
  })

  test('does not follow redirects', async () => {
    const receiver = await openReceiver()
    receiver.answer = (response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${port}/latest/meta-data` }).end()
    expect(await attempt(receiver.url, { allowLoopback: true })).toMatchObject({ status: 307, error: null })
    expect({ opened, trapped }).toEqual({ opened: 1, trapped: 0 })
  })
})
