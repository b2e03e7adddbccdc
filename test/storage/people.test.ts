import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openAccount } from '#storage/accounts.ts'
import { createDraft } from '#storage/intake/drafts.ts'
import { createPerson, findSnapshot, personOf, setLanguage } from '#storage/people.ts'
import { insertRequest } from '#storage/requests/insert-request.ts'
import { addStaff } from '#storage/staff/staff.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { newAccount, newRequest } from './samples.ts'
import { testSealer } from '#test/support/accounts.ts'

const db = useTestDatabase()

describe('a person', () => {
  test('that is not stored has no snapshot', async () => {
    expect(await findSnapshot(db(), testSealer, newAccount())).toBeNull()
  })

  test('is stored once, however often they are created', async () => {
    const account = newAccount()
    const create = () =>
      db().transaction((tx) => createPerson(tx, testSealer, { account, language: 'en', address: 'minor' }))
    const [first, second] = await Promise.all([create(), create()])
    expect({ ...first, account: openAccount(testSealer, first.account) }).toEqual({
      id: expect.any(String),
      account,
      language: 'en',
      address: 'minor',
    })
    expect(second).toEqual(first)
    expect((await findSnapshot(db(), testSealer, account))?.person).toEqual(first)
  })

  test('can change language', async () => {
    const account = newAccount()
    const { id } = await db().transaction((tx) =>
      createPerson(tx, testSealer, { account, language: 'ru', address: 'adult' }),
    )
    await db().transaction((tx) => setLanguage(tx, id, 'en'))
    expect((await personOf(db(), id))?.language).toBe('en')
    expect(await personOf(db(), randomUUID())).toBeNull()
  })
})

test('a snapshot contains the draft, the open request and the staff role', async () => {
  const account = newAccount()
  const expected = await db().transaction(async (tx) => {
    const person = await createPerson(tx, testSealer, { account, language: 'ru', address: 'adult' })
    const draft = await createDraft(tx, {
      personId: person.id,
      version: 3,
      region: 'nyagan',
      answers: 'v1.a.b',
    })
    const request = newRequest({ personId: person.id })
    await insertRequest(tx, request)
    const staff = await addStaff(tx, { name: 'Анна', role: 'intake', territories: ['a', 'b'] })
    await tx.staffMember.update({ where: { id: staff.id }, data: { personId: person.id } })
    return { person, draft, request, staff }
  })
  const { person, request, staff } = expected
  expect(await findSnapshot(db(), testSealer, account)).toEqual({
    person,
    draft: {
      id: expected.draft.id,
      personId: person.id,
      version: 3,
      region: 'nyagan',
      answers: 'v1.a.b',
      revision: 0,
      updatedAt: expect.any(Date),
    },
    openRequest: { id: request.id, number: request.number },
    staff: {
      id: staff.id,
      name: 'Анна',
      role: 'intake',
      territories: ['a', 'b'],
      active: true,
      unreachableSince: null,
    },
    families: [],
    unreachableSince: null,
    hidden: null,
    hideExplained: false,
  })
})
