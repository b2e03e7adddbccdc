import { Prisma } from '#generated/client.ts'
import type { Rows } from '#storage/anything-due.ts'
import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

/** A request, made after a low answer, to speak with somebody other than the curator. */
export type Rescue = {
  id: string
  invitationId: string
  /** Code of the question with the low answer. */
  question: string
  askedAt: Date
  dueAt: Date
  /** When supervisors are reminded next; null: never again. */
  remindAt: Date | null
  answeredAt: Date | null
  /** Who answered: a staff member in the bot, or an API key. */
  staffId: string | null
  apiKeyId: string | null
}

/** A rescue with its survey, family and curators. */
export type RescueDetails = Rescue & {
  surveyCode: string
  version: number
  familyId: string
  memberId: string
  /** The member is a minor. */
  minor: boolean
  /** The curator who was rated, and the family's current curator. */
  curatorId: string | null
  familyCuratorId: string | null
  territory: string
}

const include = {
  invitation: {
    select: {
      surveyCode: true,
      version: true,
      familyId: true,
      memberId: true,
      minor: true,
      curatorId: true,
      territory: true,
      family: { select: { curatorId: true } },
    },
  },
} as const

type Stored = NonNullable<Awaited<ReturnType<typeof findStored>>>
const findStored = ({ prisma }: Database) => prisma.surveyRescue.findFirst({ include })
const toRescue = ({ invitation: { family, ...of }, updatedAt: _, ...row }: Stored): RescueDetails => ({
  ...row,
  ...of,
  familyCuratorId: family.curatorId,
})

/** Inserts a rescue; returns null if the invitation already has one. */
export const insertRescue = async (
  tx: Tx,
  rescue: Pick<Rescue, 'id' | 'invitationId' | 'question' | 'askedAt' | 'dueAt' | 'remindAt'>,
): Promise<RescueDetails | null> => {
  const { count } = await tx.surveyRescue.createMany({ data: [rescue], skipDuplicates: true })
  return count === 0 ? null : findRescue(tx, rescue.id)
}

/** Reopens a rescue when the member asks again about something urgent; clears the earlier answer. */
export const reopenRescue = async (
  tx: Tx,
  id: string,
  again: Pick<Rescue, 'question' | 'askedAt' | 'dueAt' | 'remindAt'>,
): Promise<RescueDetails> => {
  const data = { ...again, answeredAt: null, staffId: null, apiKeyId: null }
  return toRescue(await tx.surveyRescue.update({ where: { id }, data, include }))
}

export const findRescue = async (reader: Reader, id: string): Promise<RescueDetails | null> => {
  const row = await readFrom(reader).surveyRescue.findUnique({ where: { id }, include })
  return row && toRescue(row)
}

export const rescueOfInvitation = async (
  reader: Reader,
  invitationId: string,
): Promise<RescueDetails | null> => {
  const row = await readFrom(reader).surveyRescue.findUnique({ where: { invitationId }, include })
  return row && toRescue(row)
}

/** A page cursor: the sort key of the last row. */
export type RescueCursor = { askedAt: Date; id: string }

/** Returns a page of the territories' rescues, oldest first; `open`: only unanswered (true) or answered (false). */
export const listRescues = async (
  reader: Reader,
  {
    territories,
    open,
    updatedSince,
    after,
    limit,
  }: {
    territories: readonly string[] | 'all'
    open?: boolean | undefined
    updatedSince?: Date | undefined
    after?: RescueCursor | undefined
    limit: number
  },
): Promise<RescueDetails[]> => {
  const rows = await readFrom(reader).surveyRescue.findMany({
    where: {
      ...(territories !== 'all' && { invitation: { territory: { in: [...territories] } } }),
      ...(updatedSince && { updatedAt: { gte: updatedSince } }),
      ...(open !== undefined && { answeredAt: open ? null : { not: null } }),
      ...(after && {
        OR: [{ askedAt: { gt: after.askedAt } }, { askedAt: after.askedAt, id: { gt: after.id } }],
      }),
    },
    orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
    take: limit,
    include,
  })
  return rows.map(toRescue)
}

/** Marks a rescue answered; returns false if it already was. */
export const markRescueAnswered = async (
  tx: Tx,
  id: string,
  { staffId = null, apiKeyId = null, now }: { staffId?: string | null; apiKeyId?: string | null; now: Date },
): Promise<boolean> =>
  (
    await tx.surveyRescue.updateMany({
      where: { id, answeredAt: null },
      data: { answeredAt: now, remindAt: null, staffId, apiKeyId },
    })
  ).count === 1

export const rescuesToRemindOf = (now: Date): Rows => Prisma.sql`
  SELECT id FROM survey_rescues WHERE answered_at IS NULL AND remind_at <= ${now}`

/** Claims up to 100 rescues due for a reminder, and schedules their next one. */
export const claimDueRescues = async (
  tx: Tx,
  { now, next }: { now: Date; next: Date },
): Promise<RescueDetails[]> => {
  const due = await tx.$queryRaw<{ id: string }[]>`
    UPDATE survey_rescues SET remind_at = ${next} WHERE id IN (
      ${rescuesToRemindOf(now)} ORDER BY remind_at LIMIT 100 FOR UPDATE SKIP LOCKED
    ) RETURNING id::text AS id`
  if (due.length === 0) return []
  const ids = due.map(({ id }) => id)
  return (await tx.surveyRescue.findMany({ where: { id: { in: ids } }, include })).map(toRescue)
}
