import { Prisma } from '#generated/client.ts'
import type { Rows } from '#storage/anything-due.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

// Queries of the sweep that dispatches invitations every minute.

/** What there is to dispatch: invitations that are due, that end, and that are reminded of. */
export const invitationsToDispatch = ({ before, now }: { before: Date; now: Date }): Rows[] => [
  waitingRows(now),
  overRows(now),
  forgottenRows({ before, now }),
]

const waitingRows = (now: Date): Rows => Prisma.sql`
  SELECT id::text AS id, person_id::text AS "personId" FROM survey_invitations
  WHERE status = 'waiting' AND due_at <= ${now}`

const isOver = (now: Date) => Prisma.sql`status IN ('waiting', 'invited') AND expires_at <= ${now}`
const overRows = (now: Date): Rows => Prisma.sql`SELECT id FROM survey_invitations WHERE ${isOver(now)}`

const forgottenRows = ({ before, now }: { before: Date; now: Date }): Rows => Prisma.sql`
  SELECT id FROM survey_invitations
  WHERE status = 'invited' AND reminded_at IS NULL AND due_at <= ${before} AND expires_at > ${now}
    AND NOT EXISTS (SELECT 1 FROM pushes WHERE subject_id = survey_invitations.id AND status = 'waiting')`

/** Returns up to 200 due invitations, earliest first. */
export const dueInvitations = async (
  reader: Reader,
  now: Date,
): Promise<{ id: string; personId: string }[]> =>
  readFrom(reader).$queryRaw`${waitingRows(now)} ORDER BY due_at, survey_invitations.id LIMIT 200`

/** Locks a person against concurrent invitations; returns whether they opted out of surveys. */
export const lockForSurveys = async (tx: Tx, personId: string): Promise<{ surveysOff: boolean }> => {
  const [row] = await tx.$queryRaw<{ surveysOff: boolean }[]>`
    SELECT surveys_off AS "surveysOff" FROM persons WHERE id = ${personId}::uuid FOR NO KEY UPDATE`
  return row ?? { surveysOff: true }
}

export const setSurveysOff = async (tx: Tx, personId: string, off: boolean): Promise<void> => {
  await tx.person.update({ where: { id: personId }, data: { surveysOff: off } })
}

export const surveysOffOf = async (reader: Reader, personId: string): Promise<boolean> =>
  (await readFrom(reader).person.findUnique({ where: { id: personId }, select: { surveysOff: true } }))
    ?.surveysOff ?? false

/** Declines all of a person's unanswered invitations. */
export const declineAllOf = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  await tx.surveyInvitation.updateMany({
    where: { personId, status: { in: ['waiting', 'invited'] } },
    data: { status: 'declined', endedAt: now },
  })
}

/** Drops the waiting invitations of a visit that did not take place. */
export const dropPendingOfVisit = async (tx: Tx, visitId: string, now: Date): Promise<void> => {
  await tx.surveyInvitation.updateMany({
    where: { visitId, status: 'waiting' },
    data: { status: 'dropped', endedAt: now },
  })
}

/** Drops the waiting invitations to a retired survey. */
export const dropPendingOfSurvey = async (tx: Tx, surveyCode: string, now: Date): Promise<void> => {
  await tx.surveyInvitation.updateMany({
    where: { surveyCode, status: 'waiting' },
    data: { status: 'dropped', endedAt: now },
  })
}

/** Restores the dropped invitations of a visit that took place after all. */
export const restoreDroppedOfVisit = async (tx: Tx, visitId: string): Promise<void> => {
  await tx.surveyInvitation.updateMany({
    where: { visitId, status: 'dropped', invitedAt: null },
    data: { status: 'waiting', endedAt: null },
  })
}

/** Expires unanswered invitations that are overdue; drops those that were never sent. Returns how many. */
export const endUnanswered = async (tx: Tx, now: Date): Promise<number> => tx.$executeRaw`
  UPDATE survey_invitations
  SET status = CASE status WHEN 'waiting' THEN 'dropped' ELSE 'expired' END, ended_at = ${now}
  WHERE ${isOver(now)}`

/** Claims up to 200 invitations sent before a date for their one reminder. */
export const claimForReminder = async (
  tx: Tx,
  { before, now }: { before: Date; now: Date },
): Promise<{ id: string; personId: string; familyId: string }[]> => tx.$queryRaw`
  UPDATE survey_invitations SET reminded_at = ${now} WHERE id IN (
    ${forgottenRows({ before, now })} ORDER BY due_at LIMIT 200 FOR UPDATE SKIP LOCKED
  ) RETURNING id::text AS id, person_id::text AS "personId", family_id::text AS "familyId"`

/**
 * Returns those of the people whose families have something urgent open: a member's urgent request, an unread alarming
 * message, or the emergency level. They are not asked how satisfied they are.
 */
export const peopleWithUrgentMatters = async (
  reader: Reader,
  personIds: readonly string[],
): Promise<Set<string>> => {
  if (personIds.length === 0) return new Set()
  const ids = [...personIds]
  const rows = await readFrom(reader).$queryRaw<{ id: string }[]>`
    SELECT DISTINCT own.person_id::text AS id
    FROM family_members own JOIN families f ON f.id = own.family_id
    WHERE own.person_id = ANY (${ids}::uuid[]) AND own.removed_at IS NULL AND (
      (f.status = 'active' AND f.level = 'emergency')
      OR EXISTS (
        SELECT 1 FROM family_members m JOIN requests r ON r.person_id = m.person_id
        WHERE m.family_id = f.id AND m.removed_at IS NULL AND r.urgent AND r.status IN ('submitted', 'claimed'))
      OR EXISTS (
        SELECT 1 FROM family_members m JOIN messages l ON l.member_id = m.id
        WHERE m.family_id = f.id AND l.read_at IS NULL AND l.alarming AND l.author = 'member'))`
  return new Set(rows.map(({ id }) => id))
}

/** Records that an invitation was delivered; the week until the next one counts from now. */
export const markInvited = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await tx.surveyInvitation.updateMany({
    where: { id, status: 'invited' },
    data: { invitedAt: now, dueAt: now },
  })
}

/** Whether a survey push to the person is waiting. */
export const isBeingInvited = async (reader: Reader, personId: string): Promise<boolean> =>
  (await readFrom(reader).push.count({
    where: { personId, status: 'waiting', kind: 'survey' },
  })) > 0

export type PeriodDue = {
  familyId: string
  /** Number of the period that has ended, from 1. */
  period: number
}

/**
 * Returns families under support for whom a period of `months` months, counted from their first day, ended in the last
 * 14 days of the region's calendar: an interim diagnosis is due.
 */
export const familiesAtPeriod = async (
  reader: Reader,
  { months, timeZone, now }: { months: number; timeZone: string; now: Date },
): Promise<PeriodDue[]> => readFrom(reader).$queryRaw`
  WITH counted AS (
    SELECT id, (created_at AT TIME ZONE ${timeZone})::date AS began, (${now}::timestamptz AT TIME ZONE ${timeZone})::date AS today
    FROM families WHERE status = 'active'
  ), due AS (
    SELECT id, began, today,
      ((extract(year FROM age(today, began)) * 12 + extract(month FROM age(today, began)))::int / ${months}::int) AS period
    FROM counted
  )
  SELECT id::text AS "familyId", period FROM due
  WHERE period >= 1 AND began + make_interval(months => period * ${months}::int) > today - interval '14 days'`

/**
 * Returns families for whom `months` months since the end of support elapsed in the last 14 days, with the number of the episode
 * that ended; 1 for one of before there were episodes.
 */
export const familiesEndedBefore = async (
  reader: Reader,
  { months, timeZone, now }: { months: number; timeZone: string; now: Date },
): Promise<{ familyId: string; episode: number }[]> => readFrom(reader).$queryRaw`
    SELECT id::text AS "familyId",
      coalesce((SELECT max(number) FROM episodes WHERE family_id = families.id), 1)::int AS episode
    FROM families
    WHERE status = 'closed'
      AND ((closed_at AT TIME ZONE ${timeZone})::date + make_interval(months => ${months}::int))
        BETWEEN (${now}::timestamptz AT TIME ZONE ${timeZone})::date - interval '14 days'
        AND (${now}::timestamptz AT TIME ZONE ${timeZone})::date`
