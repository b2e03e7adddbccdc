import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export const accountDecisions = ['confirmed', 'refused', 'restored'] as const
export type AccountDecision = (typeof accountDecisions)[number]
export const confirmedHow = ['voice', 'meeting'] as const
/** How staff spoke with the person. */
export type ConfirmedHow = (typeof confirmedHow)[number]

/** A replacement of a member's account by a new link. */
export type AccountChange = {
  id: string
  familyId: string
  memberId: string
  oldPersonId: string
  personId: string
  at: Date
  /** When the old account said that it was not them. */
  disputedAt: Date | null
  decidedAt: Date | null
  decision: AccountDecision | null
  how: ConfirmedHow | null
  staffId: string | null
  apiKeyId: string | null
}

export const insertAccountChange = async (
  tx: Tx,
  change: Pick<AccountChange, 'id' | 'familyId' | 'memberId' | 'oldPersonId' | 'personId' | 'at'>,
): Promise<void> => {
  await tx.accountChange.create({ data: change })
}

export const findAccountChange = async (reader: Reader, id: string): Promise<AccountChange | null> => {
  const row = await readFrom(reader).accountChange.findUnique({ where: { id } })
  return row && toChange(row)
}

/** Returns the changes of a member's account, oldest first. */
export const accountChangesOf = async (reader: Reader, memberId: string): Promise<AccountChange[]> => {
  const orderBy = [{ at: 'asc' as const }, { id: 'asc' as const }]
  return (await readFrom(reader).accountChange.findMany({ where: { memberId }, orderBy })).map(toChange)
}

/** Returns the undecided changes that replaced this person's account, or brought it in, with the member's current account. */
export const openAccountChangesOf = async (
  reader: Reader,
  personId: string,
): Promise<(AccountChange & { current: string | null })[]> => {
  const rows = await readFrom(reader).accountChange.findMany({
    where: { decidedAt: null, OR: [{ oldPersonId: personId }, { personId }], member: { removedAt: null } },
    orderBy: { at: 'asc' },
    include: { member: { select: { personId: true } } },
  })
  return rows.map(({ member, ...row }) => ({ ...toChange(row), current: member.personId }))
}

/** Records the first dispute; returns false if there was one. */
export const markDisputed = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.accountChange.updateMany({ where: { id, disputedAt: null }, data: { disputedAt: now } }))
    .count === 1

/** Decides all open changes of a member's account. */
export const decideAccountChanges = async (
  tx: Tx,
  memberId: string,
  made: {
    decision: AccountDecision
    how: ConfirmedHow
    decidedAt: Date
    staffId?: string | undefined
    apiKeyId?: string | undefined
  },
): Promise<void> => {
  const { staffId = null, apiKeyId = null } = made
  await tx.accountChange.updateMany({
    where: { memberId, decidedAt: null },
    data: { ...made, staffId, apiKeyId },
  })
}

type Stored = NonNullable<Awaited<ReturnType<Tx['accountChange']['findUnique']>>>

const toChange = (row: Stored): AccountChange => ({
  ...row,
  decision: row.decision as AccountDecision | null,
  how: row.how as ConfirmedHow | null,
})
