import { expect, test } from 'vitest'
import type { ApiClient } from '#test/support/api.ts'
import type { Chat } from '#test/support/chat.ts'
import { erasing } from '#test/support/erasing.ts'
import { anActivity, aPlan, putPlan } from '#test/support/plan.ts'
import { problem } from '#test/support/submitted.ts'
import { openUnsafeFamily } from '#test/support/unsafe-family.ts'
import { storedAccount } from '#test/support/accounts.ts'

test('the default follows the safety note, and another choice needs a reason', async () => {
  const family = await openUnsafeFamily()
  const { world, key, path, dasha, misha } = family
  const visit = { startsAt: '2026-12-03T12:00:00Z', purpose: 'regular' }
  const post = (more: object) => key.post(`${path}/visits`, { ...visit, ...more })
  expect((await post({ memberIds: [dasha.memberId] })).body).toMatchObject({ audience: 'confidential' })
  expect((await post({ memberIds: [misha.memberId] })).body).toMatchObject({ audience: 'minors' })
  expect(await post({})).toMatchObject(problem('invalid-input', 422))
  for (const memberIds of [[], [dasha.memberId]])
    expect(await post({ audience: 'minors', memberIds })).toMatchObject(problem('safety-unacknowledged', 409))
  const acknowledgement = { reason: 'Даша хочет, чтобы мама знала' }
  const chosen = await post({ audience: 'minors', memberIds: [dasha.memberId], acknowledgement })
  expect(chosen).toMatchObject({ status: 201, body: { audience: 'minors' } })
  expect(await post({ audience: 'confidential' })).toMatchObject(problem('invalid-input', 422))
  expect(await post({ audience: 'family' })).toMatchObject({ status: 201 })

  const forMinors = aPlan([anActivity('talk', { audience: 'minors' })])
  expect(await putPlan(key, path, forMinors)).toMatchObject(problem('safety-unacknowledged', 409))
  expect(await putPlan(key, path, { ...forMinors, acknowledgement })).toMatchObject({ status: 200 })
  // What was decided once is not asked again.
  const more = aPlan([...forMinors.activities, anActivity('all')])
  expect(await putPlan(key, path, more, { 'if-match': '*' })).toMatchObject({ status: 200 })
  expect(await reasonsOf(key, path)).toEqual([acknowledgement.reason, acknowledgement.reason])
  expect(await world.database.prisma.auditEntry.count({ where: { action: 'family.safety-override' } })).toBe(
    2,
  )
})

const reasonsOf = async (key: ApiClient, path: string) => {
  const { overrides } = (await key.get(`${path}/safety`)).body as {
    overrides: { reason: string; kind: string }[]
  }
  return overrides.filter(({ kind }) => kind === 'audience').map(({ reason }) => reason)
}

test('a minor of an earlier consent is asked again, once; nobody else is', async () => {
  const { world, olga, dasha, misha } = await openUnsafeFamily()
  const shows = async (chat: Chat) => {
    await chat.say('/menu')
    return chat.buttons(chat.card()).some(({ text }) => text === 'Новое согласие')
  }
  expect([await shows(olga), await shows(dasha), await shows(misha)]).toEqual([false, false, false])
  const person = { account: storedAccount(dasha) }
  await erasing(world.database, (tx) =>
    tx.consent.updateMany({
      where: { person },
      data: { version: '2026-11-26', textHash: 'a'.repeat(64) },
    }),
  )
  await dasha.play([
    ['/menu', 'home'],
    ['Новое согласие', /Что лично для тебя – не видят/],
    ['Потом', 'home'],
    ['Новое согласие', 'consent-again'],
    ['Да, разрешаю', 'home'],
  ])
  expect(await shows(dasha)).toBe(false)
  const given = await world.database.prisma.consent.findMany({
    where: { person },
    orderBy: { givenAt: 'asc' },
  })
  expect(given.map(({ version }) => version)).toEqual(['2026-11-26', '2026-11-28'])
})
