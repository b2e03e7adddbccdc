import { Prisma } from '#generated/client.ts'
import type { Reading } from './survey-reader.ts'

/** Invitations that were told of from one moment on and before another. */
export type Told = {
  surveyCode: string
  from: Date
  before: Date
  territory?: string | undefined
  level?: string | undefined
  helpKind?: string | undefined
  curatorId?: string | undefined
}

const viewOf = ({ reader }: Reading): Prisma.Sql =>
  reader === 'results' ? Prisma.raw('survey_funnel_adults') : Prisma.raw('survey_funnel')

const none = 'none'

const where = ({ surveyCode, from, before, territory, level, helpKind, curatorId }: Told): Prisma.Sql => {
  const conditions = [
    Prisma.sql`survey_code = ${surveyCode}`,
    Prisma.sql`invited_at >= ${from} AND invited_at < ${before}`,
  ]
  if (territory !== undefined) conditions.push(Prisma.sql`territory = ${territory}`)
  if (level !== undefined) conditions.push(Prisma.sql`coalesce(level, ${none}) = ${level}`)
  if (helpKind !== undefined) conditions.push(Prisma.sql`${helpKind} = ANY (help_kinds)`)
  if (curatorId !== undefined) conditions.push(Prisma.sql`coalesce(curator_id::text, ${none}) = ${curatorId}`)
  return Prisma.join(conditions, ' AND ')
}

/** How many were told of it, looked at it, answered something, and sent their answers. */
export const countFunnel = async (
  reading: Reading,
  of: Told,
): Promise<{ invited: number; opened: number; started: number; finished: number }> => {
  const [row] = await reading.tx.$queryRaw<
    { invited: number; opened: number; started: number; finished: number }[]
  >`
    SELECT count(*)::int AS invited, count(*) FILTER (WHERE opened)::int AS opened,
      count(*) FILTER (WHERE started)::int AS started, count(*) FILTER (WHERE finished)::int AS finished
    FROM ${viewOf(reading)} WHERE ${where(of)}`
  return row ?? { invited: 0, opened: 0, started: 0, finished: 0 }
}

/** Of those who started and have not sent: how many answered each question last. */
export const countStopped = async (
  reading: Reading,
  of: Told,
): Promise<{ question: string; count: number }[]> =>
  reading.tx.$queryRaw`
    SELECT stopped AS question, count(*)::int AS count FROM ${viewOf(reading)}
    WHERE ${where(of)} AND started AND NOT finished AND stopped IS NOT NULL GROUP BY stopped`
