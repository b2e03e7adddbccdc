import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** The number of sets of a survey submitted since a date, and of their families; none of their content. */
export type SentSince = { surveyCode: string; sets: number; families: number }

export const sentSince = async (
  reader: Reader,
  { since, territories }: { since: Date; territories: readonly string[] },
): Promise<SentSince[]> => readFrom(reader).$queryRaw`
  SELECT i.survey_code AS "surveyCode", count(*)::int AS sets, count(DISTINCT i.family_id)::int AS families
  FROM survey_responses r JOIN survey_invitations i ON i.id = r.invitation_id
  WHERE r.finished_at > ${since} AND i.territory = ANY (${[...territories]}::text[])
  GROUP BY i.survey_code ORDER BY sets DESC, i.survey_code`

/** Returns when a supervisor was last sent a digest; null: never. */
export const lastDigestAt = async (reader: Reader, staffId: string): Promise<Date | null> => {
  const { _max } = await readFrom(reader).surveyDigest.aggregate({ where: { staffId }, _max: { at: true } })
  return _max.at
}

/** `week`: its Monday (ISO). */
type OfWeek = { staffId: string; week: string }

export const wasDigestSent = async (reader: Reader, { staffId, week }: OfWeek): Promise<boolean> =>
  (await readFrom(reader).surveyDigest.count({ where: { staffId, week: new Date(week) } })) > 0

/** Records that a supervisor was sent the digest of a week. */
export const recordDigest = async (tx: Tx, { staffId, week, at }: OfWeek & { at: Date }): Promise<void> => {
  await tx.surveyDigest.createMany({ data: [{ staffId, week: new Date(week), at }], skipDuplicates: true })
}
