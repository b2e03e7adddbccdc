import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { SupportLevel } from '#storage/families/families.ts'

export type InvitationStatus = 'waiting' | 'invited' | 'finished' | 'declined' | 'expired' | 'dropped'

/** Asks one member once about one event. */
export type Invitation = {
  id: string
  /** Idempotency key: identifies the event and the person. */
  key: string
  surveyCode: string
  version: number
  familyId: string
  memberId: string
  personId: string
  /** The staff member the answers are about. */
  curatorId: string | null
  visitId: string | null
  territory: string
  level: SupportLevel | null
  helpKinds: string[]
  minor: boolean
  createdAt: Date
  dueAt: Date
  expiresAt: Date
  status: InvitationStatus
  invitedAt: Date | null
  later: number
  remindedAt: Date | null
  openedAt: Date | null
  endedAt: Date | null
}

export type NewInvitation = Pick<
  Invitation,
  | 'key'
  | 'surveyCode'
  | 'version'
  | 'familyId'
  | 'memberId'
  | 'personId'
  | 'curatorId'
  | 'visitId'
  | 'territory'
  | 'level'
  | 'helpKinds'
  | 'minor'
  | 'createdAt'
  | 'dueAt'
  | 'expiresAt'
>

type StoredInvitation = NonNullable<Awaited<ReturnType<Database['prisma']['surveyInvitation']['findUnique']>>>
const toInvitation = (row: StoredInvitation): Invitation => ({
  ...row,
  level: row.level as SupportLevel | null,
  status: row.status as InvitationStatus,
})

/** Inserts invitations, skipping keys that already exist. Returns the new ones. */
export const insertInvitations = async (
  tx: Tx,
  invitations: readonly NewInvitation[],
): Promise<Invitation[]> =>
  invitations.length === 0
    ? []
    : (await tx.surveyInvitation.createManyAndReturn({ data: [...invitations], skipDuplicates: true })).map(
        toInvitation,
      )

export const findInvitation = async (reader: Reader, id: string): Promise<Invitation | null> => {
  const row = await readFrom(reader).surveyInvitation.findUnique({ where: { id } })
  return row && toInvitation(row)
}

/** Locks and returns an invitation. */
export const lockInvitation = async (tx: Tx, id: string): Promise<Invitation | null> => {
  await tx.$queryRaw`SELECT 1 FROM survey_invitations WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  return findInvitation(tx, id)
}

export const changeInvitation = async (
  tx: Tx,
  id: string,
  changes: Partial<
    Pick<
      Invitation,
      'status' | 'dueAt' | 'expiresAt' | 'invitedAt' | 'later' | 'remindedAt' | 'openedAt' | 'endedAt'
    >
  >,
): Promise<Invitation> => toInvitation(await tx.surveyInvitation.update({ where: { id }, data: changes }))

/** Returns the invitations of a family that were sent, newest first. */
export const invitationsOfFamily = async (
  reader: Reader,
  familyId: string,
  limit: number,
): Promise<Invitation[]> => {
  const rows = await readFrom(reader).surveyInvitation.findMany({
    where: { familyId, invitedAt: { not: null } },
    orderBy: [{ invitedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows.map(toInvitation)
}

/** Returns the invitations a person can still answer, earliest expiry first. */
export const openInvitationsOf = async (
  reader: Reader,
  personId: string,
  now: Date,
): Promise<Invitation[]> => {
  const rows = await readFrom(reader).surveyInvitation.findMany({
    where: { personId, status: 'invited', expiresAt: { gt: now } },
    orderBy: [{ expiresAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toInvitation)
}

/** Returns when a person was last invited to any survey; null: never. */
export const lastInvitedAt = async (reader: Reader, personId: string): Promise<Date | null> => {
  const { _max } = await readFrom(reader).surveyInvitation.aggregate({
    where: { personId },
    _max: { invitedAt: true },
  })
  return _max.invitedAt
}
