import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { type Survey, surveySchema } from '#surveys/schema.ts'

/** A stored version of a survey. */
export type StoredSurvey = {
  survey: Survey
  publishedAt: Date
  /** The key or the supervisor that published it; both null: a built-in survey. */
  apiKeyId: string | null
  staffId: string | null
  /** No invitations since. */
  retiredAt: Date | null
}

type Row = Omit<StoredSurvey, 'survey'> & { definition: unknown }

const toStored = ({ definition, publishedAt, apiKeyId, staffId, retiredAt }: Row): StoredSurvey => ({
  survey: surveySchema.parse(definition),
  publishedAt,
  apiKeyId,
  staffId,
  retiredAt,
})

/** Who published a version; neither: a built-in survey. */
export type SurveyAuthor = Pick<StoredSurvey, 'apiKeyId' | 'staffId'>

/** Inserts a version; returns false if it already exists. */
export const insertSurvey = async (
  tx: Tx,
  { survey, ...published }: { survey: Survey; publishedAt: Date } & Partial<SurveyAuthor>,
): Promise<boolean> => (await insertSurveys(tx, [survey], published)) === 1

/** Inserts those that do not exist yet; returns how many. */
export const insertSurveys = async (
  tx: Tx,
  surveys: readonly Survey[],
  published: { publishedAt: Date } & Partial<SurveyAuthor>,
): Promise<number> => {
  const data = surveys.map((survey) => {
    const { code, version } = survey
    return { code, version, definition: survey, ...published }
  })
  return (await tx.surveyVersion.createMany({ data, skipDuplicates: true })).count
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
