import { newId } from '#core/ids.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** What is looked at: a claimed request, or a family under support. */
export type WorkSubject = { requestId: string } | { familyId: string }

export const alarmCauses = ['deadline-near', 'deadline-past', 'still', 'nobody', 'skipped'] as const
/** A term is near or past, nobody has acted for long, nobody is responsible, or a stage was left out. */
export type AlarmCause = (typeof alarmCauses)[number]

export type WorkAlarm = {
  id: string
  requestId: string | null
  familyId: string | null
  cause: AlarmCause
  /** The deadline's code or the stage; `none` for `nobody`. */
  detail: string
  /** The end of the term, the last act, or when it was found that nobody is responsible. */
  since: Date
  level: 'holder' | 'supervisors'
  /** Who is told. */
  staffId: string
  at: Date
  /** When the notice was queued. */
  toldAt: Date | null
  endedAt: Date | null
}

type NewAlarm = Pick<WorkAlarm, 'cause' | 'detail' | 'since' | 'level' | 'staffId' | 'at'>

/** Adds an alarm; one that is there already stays as it is. */
export const insertAlarm = async (tx: Tx, subject: WorkSubject, alarm: NewAlarm): Promise<void> => {
  const { requestId, familyId } = { requestId: null, familyId: null, ...subject }
  await tx.$executeRaw`
    INSERT INTO work_alarms (id, request_id, family_id, cause, detail, since, level, staff_id, at)
    VALUES (${newId()}::uuid, ${requestId}::uuid, ${familyId}::uuid, ${alarm.cause}, ${alarm.detail}, ${alarm.since},
      ${alarm.level}, ${alarm.staffId}::uuid, ${alarm.at})
    ON CONFLICT DO NOTHING`
}

/** The same of several families, in one statement. */
export const insertAlarms = async (
  tx: Tx,
  alarms: readonly (NewAlarm & { familyId: string })[],
): Promise<void> => {
  if (alarms.length === 0) return
  const rows = alarms.map((alarm) => ({ id: newId(), ...alarm }))
  await tx.$executeRaw`
    INSERT INTO work_alarms (id, family_id, cause, detail, since, level, staff_id, at)
    SELECT id, "familyId", cause, detail, since, level, "staffId", at FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      given (id uuid, "familyId" uuid, cause text, detail text, since timestamptz, level text, "staffId" uuid, at timestamptz)
    ON CONFLICT DO NOTHING`
}

/** All that has been told of a case, oldest first. */
export const alarmsOf = async (reader: Reader, subject: WorkSubject): Promise<WorkAlarm[]> => {
  const orderBy = [{ at: 'asc' as const }, { id: 'asc' as const }]
  return (await readFrom(reader).workAlarm.findMany({ where: subject, orderBy })).map(toAlarm)
}

/** Ends alarms: somebody has acted, or what they were about is gone. */
export const endAlarms = async (tx: Tx, ids: readonly string[], now: Date): Promise<void> => {
  if (ids.length === 0) return
  await tx.workAlarm.updateMany({ where: { id: { in: [...ids] }, endedAt: null }, data: { endedAt: now } })
}

/** Ends what was told of terms of families: each is met, explained, gone or counted anew. */
export const endTermAlarms = async (
  tx: Tx,
  terms: readonly { familyId: string; code: string; since: Date }[],
  now: Date,
): Promise<void> => {
  if (terms.length === 0) return
  await tx.$executeRaw`
    UPDATE work_alarms a SET ended_at = ${now}
    FROM jsonb_to_recordset(${JSON.stringify(terms)}::jsonb) given ("familyId" uuid, code text, since timestamptz)
    WHERE a.family_id = given."familyId" AND a.detail = given.code AND a.since = given.since
      AND a.cause IN ('deadline-near', 'deadline-past') AND a.ended_at IS NULL`
}

/** Tells an alarm that was told before once more. */
export const tellAgain = async (
  tx: Tx,
  {
    familyId,
    cause,
    detail,
    since,
    staffId,
  }: Pick<WorkAlarm, 'cause' | 'detail' | 'since' | 'staffId'> & { familyId: string },
  now: Date,
): Promise<void> => {
  const where = { familyId, cause, detail, since, staffId, toldAt: { not: null } }
  await tx.workAlarm.updateMany({ where, data: { toldAt: null, endedAt: null, at: now } })
}

/** Marks all alarms that nobody was told of as told at this moment. Returns whom to tell; a second caller gets nobody. */
export const claimUntold = async (tx: Tx, now: Date): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ staffId: string }[]>`
    UPDATE work_alarms SET told_at = ${now} WHERE told_at IS NULL RETURNING staff_id AS "staffId"`
  return [...new Set(rows.map(({ staffId }) => staffId))]
}

/** What somebody was to be told at a moment, and is still so; cases that wait longest first. */
export const alarmsToldAt = async (reader: Reader, staffId: string, toldAt: Date): Promise<WorkAlarm[]> => {
  const where = { staffId, toldAt, endedAt: null }
  const orderBy = [{ since: 'asc' as const }, { id: 'asc' as const }]
  return (await readFrom(reader).workAlarm.findMany({ where, orderBy })).map(toAlarm)
}

type Stored = Omit<WorkAlarm, 'cause' | 'level'> & { cause: string; level: string }

const toAlarm = (row: Stored): WorkAlarm => ({
  ...row,
  cause: row.cause as AlarmCause,
  level: row.level as WorkAlarm['level'],
})
