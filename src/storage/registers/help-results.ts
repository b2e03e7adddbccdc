import type { HelpResultCode } from '#regions/registers/register.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { dayColumn, dayOf } from '#storage/plan/plans.ts'

/** What came of an activity. Days are ISO dates. */
export type HelpResult = {
  activityId: string
  /** Null: taken back. */
  result: HelpResultCode | null
  on: string
  /** When the family was told that it has no right, or that it is not possible. */
  toldOn: string | null
  at: Date
  staffId: string | null
  apiKeyId: string | null
}

export const addHelpResult = async (tx: Tx, { on, toldOn, ...row }: HelpResult): Promise<void> => {
  await tx.helpResult.create({ data: { ...row, on: dayColumn(on), toldOn: toldOn && dayColumn(toldOn) } })
}

/** The result of each of a family's activities that has one; the last row holds. */
export const helpResultsOf = async (reader: Reader, familyId: string): Promise<HelpResult[]> => {
  const rows = await readFrom(reader).helpResult.findMany({
    where: { activity: { familyId } },
    orderBy: { id: 'asc' },
  })
  const last = new Map(rows.map(({ id: _, ...row }) => [row.activityId, row]))
  return [...last.values()].flatMap(({ on, toldOn, result, ...row }) =>
    result === null
      ? []
      : [{ ...row, result: result as HelpResultCode, on: dayOf(on), toldOn: toldOn && dayOf(toldOn) }],
  )
}
