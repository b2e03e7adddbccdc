import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventTypes } from '#features/webhooks/event-scopes.ts'
import { newWebhookSecret, rotated, secretsInForce } from '#features/webhooks/signing-secrets.ts'
import { payloadOf } from '#features/webhooks/event-payload.ts'
import { signedHeaders } from '#channels/webhooks/sign.ts'
import { verifyAt } from '#test/support/verify.ts'

const at = new Date('2026-11-22T10:00:00.500Z')
const later = (ms: number) => new Date(at.getTime() + ms)
const hour = 60 * 60 * 1000

const anything = fc.record({
  type: fc.constantFrom(...eventTypes),
  at: fc.date({ min: new Date('2026-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  requestId: fc.option(fc.uuid()),
  data: fc.record(
    {
      staffId: fc.uuid(),
      stage: fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/),
      step: fc.integer({ min: 1, max: 1000 }),
      number: fc.integer({ min: 1, max: 9_999_999 }).map((n) => `2026-${String(n).padStart(6, '0')}`),
      urgency: fc.constantFrom('urgent', 'ordinary'),
      sequence: fc.integer({ min: 1 }),
    },
    { requiredKeys: [] },
  ),
})

describe('a message', () => {
  test('of any event passes the official verifier, with either secret of a rotation', () => {
    fc.assert(
      fc.property(anything, (event) => {
        const secrets = [newWebhookSecret(), newWebhookSecret()]
        const body = payloadOf(event, 'https://bot.example.org')
        const headers = signedHeaders({ id: randomUUID(), body, at, secrets })
        for (const secret of secrets)
          expect(verifyAt(at, secret, { body: body, headers })).toEqual(JSON.parse(body))
      }),
    )
  })

  test('is rejected with any single bit flipped', () => {
    const secret = newWebhookSecret()
    const body = payloadOf({ type: 'request.submitted', at, requestId: randomUUID(), data: {} }, undefined)
    const headers = signedHeaders({ id: randomUUID(), body, at, secrets: [secret] })
    for (let place = 0; place < Buffer.byteLength(body); place += 1) {
      const bytes = Buffer.from(body)
      bytes[place] = (bytes[place] ?? 0) ^ 1
      expect(() => verifyAt(at, secret, { body: bytes.toString(), headers })).toThrow('No matching signature')
    }
    const otherId = { ...headers, 'webhook-id': randomUUID() }
    expect(() => verifyAt(at, secret, { body, headers: otherId })).toThrow('No matching signature')
  })

  test('is rejected if 301 s too old or too new, or with another secret', () => {
    const secret = newWebhookSecret()
    const headers = signedHeaders({ id: randomUUID(), body: '{}', at, secrets: [secret] })
    expect(verifyAt(later(300_000), secret, { body: '{}', headers })).toEqual({})
    expect(verifyAt(later(-300_000), secret, { body: '{}', headers })).toEqual({})
    expect(() => verifyAt(later(301_000), secret, { body: '{}', headers })).toThrow('too old')
    expect(() => verifyAt(later(-301_000), secret, { body: '{}', headers })).toThrow('too new')
    expect(() => verifyAt(at, newWebhookSecret(), { body: '{}', headers })).toThrow('No matching signature')
  })

  test.each([
    ['a name', { name: 'Ольга' }],
    ['a name in the place of an id', { staffId: 'Ольга' }],
    ['words in the place of a code', { stage: 'Мы живём в страхе' }],
    ['a phone in the place of a code', { outcome: '+79001112233' }],
    ['a phone in the place of a number', { number: '79001112233' }],
    ['a free text', { text: 'x' }],
    ['more data inside the data', { stage: { name: 'x' } }],
  ])('with %s is never made', (_, data) => {
    expect(() => payloadOf({ type: 'request.submitted', at, requestId: null, data }, undefined)).toThrow()
  })

  test('is never longer than 20 kB', () => {
    const data = { sequence: Number.MAX_SAFE_INTEGER }
    const body = payloadOf({ type: 'request.status_changed', at, requestId: randomUUID(), data }, undefined)
    expect(Buffer.byteLength(body)).toBeLessThan(20_000)
    const long = `https://${'x'.repeat(20_000)}.example.org`
    const event = { type: 'request.submitted', at, requestId: randomUUID(), data: {} }
    expect(() => payloadOf(event, long)).toThrow('too long')
  })

  test('has no URL without a request; without a public address the URL is a path', () => {
    const id = randomUUID()
    const url = (requestId: string | null, publicUrl?: string) =>
      JSON.parse(payloadOf({ type: 'consent.given', at, requestId, data: {} }, publicUrl)).data.url
    expect(url(null, 'https://bot.example.org')).toBeUndefined()
    expect(url(id)).toBe(`/api/v1/requests/${id}`)
    expect(url(id, 'https://bot.example.org')).toBe(`https://bot.example.org/api/v1/requests/${id}`)
  })
})

describe('a secret', () => {
  test('is `whsec_` and 32 bytes', () => {
    const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]{43}=)$/.exec(newWebhookSecret()) ?? []
    expect(Buffer.from(base64, 'base64')).toHaveLength(32)
  })

  test('signs for another 24 h after a rotation', () => {
    const secrets = rotated([{ secret: 'old' }], 'new', at)
    expect(secretsInForce(secrets, at)).toEqual(['new', 'old'])
    expect(secretsInForce(secrets, later(24 * hour - 1))).toEqual(['new', 'old'])
    expect(secretsInForce(secrets, later(24 * hour))).toEqual(['new'])
    const again = rotated(secrets, 'newest', later(hour))
    expect(secretsInForce(again, later(2 * hour))).toEqual(['newest', 'new', 'old'])
    expect(secretsInForce(again, later(24 * hour))).toEqual(['newest', 'new'])
    expect(rotated(again, 'last', later(48 * hour))).toEqual([
      { secret: 'last' },
      { secret: 'newest', expiresAt: later(72 * hour).toISOString() },
    ])
  })
})
