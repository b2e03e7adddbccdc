import { randomInt, randomUUID } from 'node:crypto'
import type { InputKey } from '#core/channel.ts'
import type { Database } from '#storage/database.ts'
import { createPerson } from '#storage/people.ts'
import { insertRequest, type NewRequest } from '#storage/requests/insert-request.ts'
import { addStaff, type StaffMember } from '#storage/staff/staff.ts'
import { testSealer } from '#test/support/accounts.ts'

export const newAccount = () => `telegram:${randomInt(2 ** 40)}`
export const newInput = (): InputKey => ({ channel: 'telegram', id: String(randomInt(2 ** 47)) })

export const newPerson = (db: Database) =>
  db.transaction((tx) =>
    createPerson(tx, testSealer, { account: newAccount(), language: 'ru', address: 'adult' }),
  )

/** A request that breaks no rule; what matters to a test is given. */
export const newRequest = (given: Partial<NewRequest> & { personId: string }): NewRequest => ({
  id: randomUUID(),
  number: `2026-${randomInt(10 ** 9)}`,
  draftId: randomUUID(),
  region: 'stavropol',
  territory: 'lenin',
  kind: 'application',
  applicant: 'parent',
  urgent: false,
  helpKinds: ['legal', 'social'],
  representativeConsent: 'not-needed',
  dataSharing: true,
  answers: 'v1.test.answers',
  contact: 'v1.test.contact',
  submittedAt: new Date('2026-11-20T10:00:00Z'),
  dueAt: new Date('2026-11-27T20:59:59.999Z'),
  ...given,
})

/** A request of a new person. */
export const submitted = async (db: Database, given: Partial<NewRequest> = {}): Promise<NewRequest> => {
  const request = newRequest({ personId: (await newPerson(db)).id, ...given })
  await db.transaction((tx) => insertRequest(tx, request))
  return request
}

/** A staff member who has joined. */
export const joined = async (
  db: Database,
  {
    name = 'Анна',
    role = 'intake',
    territories = ['lenin'],
  }: Partial<Pick<StaffMember, 'name' | 'role' | 'territories'>> = {},
): Promise<StaffMember & { personId: string }> => {
  const { id: personId } = await newPerson(db)
  const member = await db.transaction((tx) => addStaff(tx, { name, role, territories }))
  await db.prisma.staffMember.update({ where: { id: member.id }, data: { personId } })
  return { ...member, personId }
}
