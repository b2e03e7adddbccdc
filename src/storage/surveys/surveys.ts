import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { type Survey, surveySchema } from '#surveys/schema.ts'

/** A stored version of a survey. */
export type StoredSurvey = {
  survey: Survey
  publishedAt: Date
  /** Null: a built-in survey. */
  apiKeyId: string | null
  /** No invitations since. */
  retiredAt: Date | null
}

type Row = {
  definition: unknown
  publishedAt: Date
  apiKeyId: string | null
  retiredAt: Date | null
}

const toStored = ({ definition, publishedAt, apiKeyId, retiredAt }: Row): StoredSurvey => ({
  survey: surveySchema.parse(definition),
  publishedAt,
  apiKeyId,
  retiredAt,
})

/** Inserts a version; returns false if it already exists. */
export const insertSurvey = async (
  tx: Tx,
  { survey, publishedAt, apiKeyId = null }: { survey: Survey; publishedAt: Date; apiKeyId?: string | null },
): Promise<boolean> => {
  const { code, version } = survey
  const data = [{ code, version, definition: survey, publishedAt, apiKeyId }]
  return (await tx.surveyVersion.createMany({ data, skipDuplicates: true })).count === 1
}

export const findSurvey = async (
  reader: Reader,
  { code, version }: { code: string; version: number },
): Promise<StoredSurvey | null> => {
  const row = await readFrom(reader).surveyVersion.findUnique({ where: { code_version: { code, version } } })
  return row && toStored(row)
}

/** Returns all versions of a survey, newest first. */
export const versionsOf = async (reader: Reader, code: string): Promise<StoredSurvey[]> =>
  (await readFrom(reader).surveyVersion.findMany({ where: { code }, orderBy: { version: 'desc' } })).map(
    toStored,
  )

/** Returns the newest version of every survey, in order of code. */
export const newestSurveys = async (reader: Reader): Promise<StoredSurvey[]> => {
  const rows = await readFrom(reader).surveyVersion.findMany({
    distinct: ['code'],
    orderBy: [{ code: 'asc' }, { version: 'desc' }],
  })
  return rows.map(toStored)
}

/** Retires all versions of a survey; returns false if none was active. */
export const retireSurvey = async (tx: Tx, code: string, now: Date): Promise<boolean> =>
  (await tx.surveyVersion.updateMany({ where: { code, retiredAt: null }, data: { retiredAt: now } })).count >
  0
