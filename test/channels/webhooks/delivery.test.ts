import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { announce } from '#features/webhooks/announce.ts'
import { submitted } from '#test/storage/samples.ts'
import { openReceiver } from '#test/support/receiver.ts'
import { openWebhooks } from '#test/support/webhooks.ts'

describe('an event', () => {
  test('is delivered signed, without details, and once', async () => {
    const world = await openWebhooks({ publicUrl: 'https://bot.example.org' })
    const receiver = await openReceiver()
    const { secret } = await world.endpoint(receiver.url)
    const request = await submitted(world.database, { urgent: true })
    const now = world.clock.now()
    await world.database.transaction((tx) =>
      announce(tx, world.jobs, { type: 'request.submitted', now, requestId: request.id }),
    )
    await expect.poll(() => receiver.received.length).toBe(1)
    const [one] = receiver.received
    expect(new Webhook(secret).verify(one?.body ?? '', one?.headers ?? {})).toEqual({
      type: 'request.submitted',
      timestamp: now.toISOString(),
      data: {
        requestId: request.id,
        number: request.number,
        territory: 'lenin',
        urgency: 'urgent',
        sequence: 1,
        url: `https://bot.example.org/api/v1/requests/${request.id}`,
      },
    })
    await expect
      .poll(async () => (await world.deliveries()).map(({ status }) => status))
      .toEqual(['delivered'])
    const [delivery] = await world.deliveries()
    expect(one?.headers['webhook-id']).toBe(delivery?.eventId)
    expect(receiver.received).toHaveLength(1)
  })
})
