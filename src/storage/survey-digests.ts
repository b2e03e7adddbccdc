import { type Reader, readFrom, type Tx } from './database.ts'

/** How many sets of a survey were sent since a moment, and of how many families; nothing of what is in them. */
export type SentSince = { surveyCode: string; sets: number; families: number }

export const sentSince = async (
  reader: Reader,
  { since, territories }: { since: Date; territories: readonly string[] },
): Promise<SentSince[]> => readFrom(reader).$queryRaw`
  SELECT i.survey_code AS "surveyCode", count(*)::int AS sets, count(DISTINCT i.family_id)::int AS families
  FROM survey_responses r JOIN survey_invitations i ON i.id = r.invitation_id
  WHERE r.finished_at > ${since} AND i.territory = ANY (${[...territories]}::text[])
  GROUP BY i.survey_code ORDER BY sets DESC, i.survey_code`

/** When a supervisor was last sent a digest; null: never. */
export const lastDigestAt = async (reader: Reader, staffId: string): Promise<Date | null> => {
  const { _max } = await readFrom(reader).surveyDigest.aggregate({ where: { staffId }, _max: { at: true } })
  return _max.at
}

/** Keeps that a supervisor is sent the digest of a week; false where they were, or are being. `week`: its Monday, ISO. */
export const claimDigest = async (
  tx: Tx,
  { staffId, week, at }: { staffId: string; week: string; at: Date },
): Promise<boolean> =>
  (
    await tx.surveyDigest.createMany({
      data: [{ staffId, week: new Date(week), at }],
      skipDuplicates: true,
    })
  ).count === 1

/** It did not reach them after all. */
export const releaseDigest = async (
  tx: Tx,
  { staffId, week }: { staffId: string; week: string },
): Promise<void> => {
  await tx.surveyDigest.deleteMany({ where: { staffId, week: new Date(week) } })
}
