import type { CategoryChoice } from '#regions/reports/report-form.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** By row; null: nothing to divide by. */
export type StoredFigures = Record<string, number | null>

/** A report as it was handed in. */
export type HandedIn = {
  id: string
  region: string
  period: string
  /** 1: as handed in; from 2: a correction. */
  number: number
  categories: CategoryChoice
  figures: StoredFigures
  /** Codes of the identities that did not hold. */
  faults: string[]
  /** Sealed at `handed_in_reports.reason` / id. */
  reason: string | null
  /** Both null: it was made by itself. */
  staffId: string | null
  apiKeyId: string | null
  at: Date
}

/** Fails with `already-closed` if another has the number. */
export const insertHandedIn = async (tx: Tx, report: HandedIn): Promise<void> => {
  await tx.handedInReport.create({ data: report })
}

/** Whoever hands in a report of this period next waits until this transaction has ended. */
export const lockPeriod = async (tx: Tx, region: string, period: string): Promise<void> => {
  await tx.$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext(${`ryadom.report.${region}.${period}`}))`
}

/** All numbers of a period, the first one first. */
export const handedInOf = async (reader: Reader, region: string, period: string): Promise<HandedIn[]> => {
  const where = { region, period }
  const rows = await readFrom(reader).handedInReport.findMany({ where, orderBy: { number: 'asc' } })
  return rows.map((row) => ({
    ...row,
    categories: row.categories as CategoryChoice,
    figures: row.figures as StoredFigures,
  }))
}

/** By which choice of categories the centre reported last; null: it has not yet. */
export const lastChoice = async (reader: Reader, region: string): Promise<CategoryChoice | null> => {
  const where = { region }
  const orderBy = [{ at: 'desc' as const }, { id: 'desc' as const }]
  const row = await readFrom(reader).handedInReport.findFirst({
    where,
    orderBy,
    select: { categories: true },
  })
  return row && (row.categories as CategoryChoice)
}

/** Whether anything of the region's families was recorded before a moment. */
export const isRecordedBefore = async (reader: Reader, region: string, moment: Date): Promise<boolean> => {
  const where = { family: { region }, at: { lt: moment } }
  return (await readFrom(reader).episode.findFirst({ where, select: { id: true } })) !== null
}

/** Notes that supervisors are told; false: they were. */
export const noteNotice = async (
  tx: Tx,
  { region, period, kind, at }: { region: string; period: string; kind: string; at: Date },
): Promise<boolean> =>
  (await tx.reportNotice.createMany({ data: { region, period, kind, at }, skipDuplicates: true })).count > 0

/** What supervisors were told of a period. */
export const noticesOf = async (reader: Reader, region: string, period: string): Promise<string[]> => {
  const rows = await readFrom(reader).reportNotice.findMany({ where: { region, period } })
  return rows.map(({ kind }) => kind)
}
