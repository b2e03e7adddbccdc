import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { resealAll, resealOf } from '#storage/keys/reseal.ts'
import { keysInUse } from '#storage/keys/rotate.ts'
import { createSealer } from '#storage/seal.ts'
import { personRow, testKeys, testSealer } from '#test/support/accounts.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const both = createSealer([{ id: 'next', key: Buffer.alloc(32, 8) }, ...testKeys])
const people = 600
const answersOf = (id: string) => JSON.stringify({ own: `${id} ${'много слов '.repeat(20)}` })

/** Drafts of the version before: sealed with DATA_KEYS themselves. */
const fill = async () => {
  const persons = Array.from({ length: people }, (_, n) => personRow(`telegram:${n}`))
  await db().prisma.person.createMany({ data: persons })
  const drafts = persons.map(({ id }) => ({
    ...{ personId: id, version: 1, region: 'stavropol' },
    answers: testSealer.seal(answersOf(id), `drafts.answers.${id}`),
  }))
  await db().prisma.draft.createMany({ data: drafts })
  return persons.map(({ id }) => id)
}

/** Writes to a third of the rows at a time, which moves them, also to pages that were looked through before. */
const moving = () => {
  const work = { on: true, turns: 0 }
  const done = (async () => {
    for (; work.on; work.turns += 1) {
      await db().prisma.$executeRaw`
        UPDATE drafts SET revision = revision + 1 WHERE abs(hashtext(id::text)) % 3 = ${work.turns % 3}`
      await pause(5)
    }
  })()
  return async () => {
    work.on = false
    await done
    return work.turns
  }
}

test('rows that move while keys are rotated are found all the same, and nothing needs the earlier key', async () => {
  const ids = await fill()
  const stop = moving()
  const { values, failed } = await resealAll(db(), both).finally(stop)
  expect({ values, failed }).toEqual({ values: people, failed: 0 })
  expect(await stop()).toBeGreaterThan(2)
  const drafts = await db().prisma.draft.findMany({ where: { personId: { in: ids } } })
  for (const { personId, answers } of drafts) {
    expect(answers).toMatch(/^v2\./)
    expect(both.open(answers, `drafts.answers.${personId}`)).toBe(answersOf(personId))
  }
  // Of the accounts, which this does not seal.
  expect(await keysInUse(db())).toMatchObject([{ key: 'next' }, { key: 'test', values: people }])
})

test('before the keys of a person are destroyed, what is theirs is sealed with them', async () => {
  const [theirs, other] = [personRow('telegram:theirs'), personRow('telegram:other')]
  await db().prisma.person.createMany({ data: [theirs, other] })
  const draftOf = ({ id: personId }: { id: string }) => ({
    ...{ personId, version: 1, region: 'stavropol' },
    answers: testSealer.seal(answersOf(personId), `drafts.answers.${personId}`),
  })
  await db().prisma.draft.createMany({ data: [theirs, other].map(draftOf) })
  await db().transaction((tx) => resealOf(tx, both, { kind: 'person', ids: [theirs.id] }))
  const answers = async ({ id }: { id: string }) =>
    (await db().prisma.draft.findUniqueOrThrow({ where: { personId: id } })).answers
  expect(await answers(theirs)).toMatch(/^v2\./)
  expect(both.open(await answers(theirs), `drafts.answers.${theirs.id}`)).toBe(answersOf(theirs.id))
  expect(await answers(other)).toMatch(/^v1\./)
})
