import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSender } from '#channels/webhooks/send.ts'
import { parseAllowedReceiver } from '#features/webhooks/allowed-receivers.ts'
import { checkAddress, refusalOf } from '#features/webhooks/ssrf-guard.ts'
import { forbidden } from '#test/support/forbidden-addresses.ts'
import { openReceiver } from '#test/support/receiver.ts'

const allowing = (...texts: string[]) => ({
  allowLoopback: false,
  allowed: texts.map((text) => {
    const one = parseAllowedReceiver(text)
    if (!one) throw new Error(text)
    return one
  }),
})
const at =
  (...addresses: string[]) =>
  async () =>
    addresses

describe("a receiver inside the centre's network", () => {
  test.each([
    ['https://crm.centre.lan/in', 'crm.centre.lan', '10.2.3.4'],
    ['https://crm.centre.lan./in', 'crm.centre.lan', '10.2.3.4'],
    ['https://CRM:8443/in', 'crm:8443', '192.168.0.7'],
    ['http://crm:8080/in', 'http://crm:8080', '10.0.0.1'],
    ['https://10.2.3.4/in', '10.2.0.0/16', '10.2.3.4'],
    ['https://crm.lan/in', '10.2.0.0/16', '10.2.3.4'],
    ['https://[fd00::7]/in', '[fd00::]/8', 'fd00::7'],
    ['https://crm.lan/in', 'crm.lan', 'fd00::7'],
    ['https://crm.centre.ru:9443/in', 'crm.centre.ru:9443', '8.8.8.8'],
    ['https://127.0.0.1:5432/in', '127.0.0.1:5432', '127.0.0.1'],
  ])('is reached where the operator has listed it: %s by %s', async (url, listed, address) => {
    const settings = { ...allowing(listed), lookup: at(address) }
    expect(await checkAddress(url, settings)).toMatchObject({ checked: true })
  })

  test.each([
    // Another name, port, scheme or network; and a name that leads elsewhere as well.
    ['https://other.lan/in', 'crm.lan', ['10.2.3.4'], 'internal-name'],
    ['https://crm.lan:9000/in', 'crm.lan:8443', ['10.2.3.4'], 'internal-name'],
    ['http://crm.lan/in', 'crm.lan', ['10.2.3.4'], 'scheme'],
    ['https://10.3.0.1/in', '10.2.0.0/16', ['10.3.0.1'], 'address'],
    ['https://crm.lan/in', '10.2.0.0/16', ['10.2.3.4', '10.3.0.1'], 'address'],
    ['https://crm.lan/in', '10.2.0.0/16', ['169.254.169.254'], 'address'],
    ['https://crm.example.com:8080/in', 'crm.lan', ['8.8.8.8'], 'port'],
    ['https://user:word@crm.lan/in', 'crm.lan', ['10.2.3.4'], 'credentials'],
    ['https://crm.lan/in', 'crm.lan', [], 'unresolved'],
    // Whoever answers for a listed name in DNS does not choose this machine, the link, a cloud's metadata or the database.
    ['https://crm.lan/in', 'crm.lan', ['127.0.0.1'], 'listed-name'],
    ['http://crm.lan/in', 'http://crm.lan', ['::1'], 'listed-name'],
    ['http://crm.lan/in', 'http://crm.lan', ['169.254.169.254'], 'listed-name'],
    ['https://crm.lan/in', 'crm.lan', ['10.2.3.4', '0.0.0.0'], 'listed-name'],
    ['https://crm.lan/in', 'crm.lan', ['fe80::1'], 'listed-name'],
    ['https://crm.lan/in', 'crm.lan', ['fd00:ec2::254'], 'listed-name'],
    ['https://crm.lan/in', 'crm.lan', ['::ffff:10.2.3.4'], 'listed-name'],
    ['https://crm.lan:5432/in', 'crm.lan:5432', ['10.2.3.4'], 'listed-name'],
    ['http://crm.lan/in', 'http://crm.lan', ['8.8.8.8'], 'listed-name'],
  ])('is refused by the rule that it breaks: %s by %s', async (url, listed, addresses, rule) => {
    const settings = { ...allowing(listed), ownPorts: [5432], lookup: at(...addresses) }
    await expect(checkAddress(url, settings)).rejects.toMatchObject({ code: 'address-refused', rule })
  })

  test('is connected to over plain http, if it is listed so; its neighbour on the same machine is not', async () => {
    const [listed, neighbour] = [await openReceiver(), await openReceiver()]
    const sender = createSender(allowing(`http://127.0.0.1:${new URL(listed.url).port}`))
    const never = new AbortController().signal
    expect(await sender.send(listed.url, {}, '{}', never)).toMatchObject({ status: 204 })
    expect(await sender.send(neighbour.url, {}, '{}', never)).toMatchObject({ error: 'address-refused' })
    expect([listed.received.length, neighbour.received.length]).toEqual([1, 0])
    await sender.close()
  })

  test('a list opens nothing beside what it names', () => {
    const settings = allowing('crm.centre.lan', '10.2.0.0/16', 'http://192.168.7.7:8080')
    const inside = (address: string) => /^10\.2\./.test(address)
    fc.assert(
      fc.property(
        fc.constantFrom(...forbidden.map(([address]) => address)),
        fc.constantFrom('', '443', '8443', '80'),
        (address, port) => {
          const url = { protocol: 'https:', hostname: 'hooks.example.com', port }
          expect(refusalOf(address, url, settings) === null).toBe(inside(address) && port !== '80')
        },
      ),
    )
  })
})
