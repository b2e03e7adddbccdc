import { describe, expect, test } from 'vitest'
import { deliveryForCaller, sendTestEvent } from '#features/webhooks/deliveries.ts'
import { openReceiver } from '#test/support/receiver.ts'
import { openWebhooks, sealer } from '#test/support/webhooks.ts'

type Words = (body: string, signature: string) => string

/** The stored responses to consecutive test events: decrypted, and as stored. */
const keptOf = async (answers: readonly Words[]) => {
  const world = await openWebhooks()
  const receiver = await openReceiver()
  const { id: endpointId, caller } = await world.endpoint(receiver.url)
  const kept: { seen: string | null | undefined; stored: string | null | undefined }[] = []
  for (const words of answers) {
    receiver.answer = (response, { body, headers }) =>
      response.writeHead(200).end(words(body, headers['webhook-signature'] ?? ''))
    const { id: deliveryId } = await world.database.transaction((tx) =>
      sendTestEvent(tx, world.jobs, { caller, endpointId, now: world.clock.now() }),
    )
    const read = () => deliveryForCaller(world.database, sealer, { caller, endpointId, deliveryId })
    await expect.poll(read).toMatchObject({ status: 'delivered' })
    const row = await world.database.prisma.webhookAttempt.findFirst({ where: { deliveryId } })
    kept.push({ seen: (await read()).tries[0]?.response, stored: row?.response })
  }
  return { kept, database: world.database }
}

const page = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

describe('the answer of a receiver', () => {
  test('is stored encrypted, whatever it contains; an empty one is null', async () => {
    const { kept, database } = await keptOf([() => 'Ольга, +79001112233', () => ''])
    expect(kept[0]).toEqual({
      seen: 'Ольга, +79001112233',
      stored: expect.stringMatching(/^v1\.test\.[\w-]+$/),
    })
    expect(kept[1]).toEqual({ seen: null, stored: null })
    const bare = database.prisma.webhookAttempt.updateMany({ data: { response: 'Ольга' } })
    await expect(bare).rejects.toThrow()
  })

  test('is dropped if it echoes the request, in any encoding', async () => {
    const { kept } = await keptOf([
      (body) => body,
      (body) => JSON.stringify({ received: body }),
      (body) => JSON.stringify(JSON.parse(body), null, 4),
      (body) => `<pre>${page(body)}</pre>`,
      (body) => encodeURIComponent(body),
      (body) => `bad request: ${body.slice(0, -3)}`,
      (_, signature) => `wrong signature ${signature}`,
      (_, signature) => `wrong signature ${signature.slice(3, 30)}…`,
    ])
    expect(kept.map(({ seen }) => seen)).toEqual(Array(8).fill('[left out: it repeats what was sent]'))
  })

  test('is kept if it only names what was accepted', async () => {
    const words = [
      '{"type":"endpoint.test","taken":true}',
      'unknown endpoint 018f3a5e-0000-7000-8000-000000000000',
    ]
    const { kept } = await keptOf(words.map((one) => () => one))
    expect(kept.map(({ seen }) => seen)).toEqual(words)
  })
})
