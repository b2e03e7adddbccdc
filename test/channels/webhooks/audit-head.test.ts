import { expect, test } from 'vitest'
import { linkAudit, publishHead, verifyAudit } from '#features/staff/audit-chain.ts'
import { createLog } from '#core/log.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { openReceiver } from '#test/support/receiver.ts'
import { openWebhooks } from '#test/support/webhooks.ts'

test('the head of the audit’s chain reaches the centre’s systems once a day', async () => {
  const world = await openWebhooks()
  const receiver = await openReceiver()
  await world.endpoint(receiver.url)
  const { database, jobs, clock } = world
  const now = clock.now()
  await database.transaction((tx) => addAudit(tx, { at: now, action: 'words.changed' }))
  await linkAudit(database, now)
  const tomorrow = new Date(now.getTime() + 24 * 60 * 60 * 1000)
  await publishHead(database, jobs, { now: tomorrow, log: createLog('silent') })
  await world.pass(24 * 60 * 60 * 1000)
  await expect.poll(() => receiver.events()).toHaveLength(1)
  const [event] = receiver.events()
  const entries = await database.prisma.auditLink.count()
  expect(event).toMatchObject({
    type: 'audit.head',
    data: { day: now.toISOString().slice(0, 10), entries, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
  const head = { day: String(event?.data.day), hash: String(event?.data.hash) }
  expect(await verifyAudit(database, [head])).toMatchObject({ intact: entries, broken: null })
})
