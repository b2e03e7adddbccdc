import { expect, test } from 'vitest'
import { unreadOf } from '#storage/messages/messages.ts'
import { askedFamily } from '#test/support/answer-sets.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const at = new Date('2026-11-24T09:00:00Z')

test('counts what members have written and nobody has read, and says whether any of it alarms', async () => {
  const [{ familyId, memberId }, other] = [await askedFamily(db()), await askedFamily(db())]
  const write = (more: { alarming?: boolean; readAt?: Date; author?: string }) =>
    db().prisma.message.create({
      data: { familyId, memberId, author: 'member', text: 'v1.test.text', at, ...more },
    })
  for (const more of [{}, { alarming: true }, { readAt: at }, { author: 'staff' }]) await write(more)
  const found = await unreadOf(db(), [memberId, other.memberId])
  expect([...found]).toMatchObject([[memberId, { count: 2, alarming: true }]])
  expect(await unreadOf(db(), [])).toEqual(new Map())
})
