import type { Reader, Tx } from '#storage/database.ts'
import { readFrom } from '#storage/database.ts'
import type { DutyHours } from '#storage/staff/staff.ts'

/** Active staff who have joined, can be reached, are there, and have had no agenda on a day (`2026-11-30`). */
export const staffWithoutAgenda = (
  reader: Reader,
  day: string,
  now: Date,
): Promise<{ id: string; dutyHours: DutyHours | null }[]> =>
  readFrom(reader).$queryRaw`
    SELECT id, duty_hours AS "dutyHours" FROM staff_members member
    WHERE active AND person_id IS NOT NULL AND unreachable_since IS NULL
      AND NOT EXISTS (SELECT FROM agendas WHERE staff_id = member.id AND day = ${day}::date)
      AND NOT EXISTS (SELECT FROM staff_absences away WHERE away.staff_id = member.id
        AND away."from" <= ${now} AND away.until > ${now})`

/** Whether somebody's agenda has begun since a moment. */
export const hadAgendaSince = async (reader: Reader, staffId: string, since: Date): Promise<boolean> =>
  (await readFrom(reader).agenda.count({ where: { staffId, at: { gte: since } } })) > 0

/** Records that these get their agenda of a day now. Returns those who had none yet: a second caller gets nobody. */
export const claimAgendas = async (
  tx: Tx,
  { staffIds, day, now }: { staffIds: readonly string[]; day: string; now: Date },
): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO agendas (staff_id, day, at)
    SELECT id, ${day}::date, ${now} FROM unnest(${[...staffIds]}::uuid[]) AS one(id) ORDER BY id
    ON CONFLICT DO NOTHING RETURNING staff_id AS id`
  return rows.map(({ id }) => id)
}
