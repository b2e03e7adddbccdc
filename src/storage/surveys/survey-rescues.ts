import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

/** After a low answer somebody asked to speak with another person than their curator. */
export type Rescue = {
  id: string
  invitationId: string
  /** The code of the question that was answered low. */
  question: string
  askedAt: Date
  dueAt: Date
  /** When supervisors are told again; null: they are not any more. */
  remindAt: Date | null
  answeredAt: Date | null
  /** Who answered: in the bot, or through which key. */
  staffId: string | null
  apiKeyId: string | null
}

/** The rescue, and whom it concerns. */
export type RescueDetails = Rescue & {
  surveyCode: string
  version: number
  familyId: string
  memberId: string
  /** Who was rated; and who looks after the family now. */
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
      curatorId: true,
      territory: true,
      family: { select: { curatorId: true } },
    },
  },
} as const

type Stored = NonNullable<Awaited<ReturnType<typeof findStored>>>
const findStored = ({ prisma }: Database) => prisma.surveyRescue.findFirst({ include })
const toRescue = ({ invitation: { family, ...of }, ...row }: Stored): RescueDetails => ({
  ...row,
  ...of,
  familyCuratorId: family.curatorId,
})

/** Keeps that somebody asked; null where they have asked already: one of an invitation is enough. */
export const insertRescue = async (
  tx: Tx,
  rescue: Pick<Rescue, 'id' | 'invitationId' | 'question' | 'askedAt' | 'dueAt' | 'remindAt'>,
): Promise<RescueDetails | null> => {
  const { count } = await tx.surveyRescue.createMany({ data: [rescue], skipDuplicates: true })
  return count === 0 ? null : findRescue(tx, rescue.id)
}

/** Somebody asks again, of something that cannot wait: it is open from now on, whoever had answered before. */
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

/** The place in a list after which its next page begins. */
export type RescueCursor = { askedAt: Date; id: string }

/** Of the territories, the oldest first; `open`: those that nobody has answered. */
export const listRescues = async (
  reader: Reader,
  {
    territories,
    open,
    after,
    limit,
  }: {
    territories: readonly string[] | 'all'
    open?: boolean | undefined
    after?: RescueCursor | undefined
    limit: number
  },
): Promise<RescueDetails[]> => {
  const rows = await readFrom(reader).surveyRescue.findMany({
    where: {
      ...(territories !== 'all' && { invitation: { territory: { in: [...territories] } } }),
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

/** Keeps that a member has their answer; false where somebody has kept it before. */
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

/** Takes up to a hundred that are to be told of again, and keeps when the next time is. */
export const claimDueRescues = async (
  tx: Tx,
  { now, next }: { now: Date; next: Date },
): Promise<RescueDetails[]> => {
  const due = await tx.$queryRaw<{ id: string }[]>`
    UPDATE survey_rescues SET remind_at = ${next} WHERE id IN (
      SELECT id FROM survey_rescues WHERE answered_at IS NULL AND remind_at <= ${now}
      ORDER BY remind_at LIMIT 100 FOR UPDATE SKIP LOCKED
    ) RETURNING id::text AS id`
  const ids = due.map(({ id }) => id)
  return (await tx.surveyRescue.findMany({ where: { id: { in: ids } }, include })).map(toRescue)
}
