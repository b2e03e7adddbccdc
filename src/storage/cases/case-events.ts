import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** Why a stage is left out. */
export const skipReasons = ['done-before', 'not-needed', 'urgent'] as const
export type SkipReason = (typeof skipReasons)[number]

/** What happened to a case on a day. Days are ISO dates in the region's zone. */
export type CaseEvent = {
  id: bigint
  familyId: string
  episodeId: string
  /** From 1; the next one begins with a rejected plan, or with the next plan. */
  round: number
  /**
   * One of `caseEventKinds`, or `level-set`, `closed`, `skipped`, `explained`, `after-look`, `curator-agreed`,
   * `curator-declined`, `fact`, `unheeded`, `by-minor`.
   */
  kind: string
  day: string
  /** The level, the ground, the stage that was left out, the term that is explained, how the family is, or the curator. */
  detail: string | null
  reason: SkipReason | null
  /** Sealed at `case_events.words` / family id. */
  words: string | null
  /** The stage from which it moved the case. */
  leftStage: string | null
  /** It follows from a change of stage: nobody gave its day. */
  implied: boolean
  /** It did not happen: a correction. */
  void: boolean
  /** The row that it replaces. */
  correctsId: bigint | null
  at: Date
  staffId: string | null
  apiKeyId: string | null
}

/** What happened to the family, whose code is sealed; of the case itself it says nothing. */
export const factKind = 'fact'

/** An adult answered who is not heeded: kind and detail that it would have had. It counts for nothing. */
export const unheededKind = 'unheeded'
/** A minor answered: the id of the row. */
export const byMinorKind = 'by-minor'

export type NewCaseEvent = Pick<CaseEvent, 'familyId' | 'episodeId' | 'round' | 'kind' | 'day' | 'at'> &
  Partial<
    Pick<
      CaseEvent,
      'detail' | 'reason' | 'words' | 'leftStage' | 'implied' | 'void' | 'correctsId' | 'staffId' | 'apiKeyId'
    >
  >

export const addCaseEvent = async (tx: Tx, { day, ...event }: NewCaseEvent): Promise<CaseEvent> =>
  toCaseEvent(await tx.caseEvent.create({ data: { ...event, day: new Date(day) } }))

/** All rows of a family, also those that were replaced, in the order in which they were recorded. */
export const caseEventsOf = async (reader: Reader, familyId: string): Promise<CaseEvent[]> => {
  const rows = await readFrom(reader).caseEvent.findMany({ where: { familyId }, orderBy: { id: 'asc' } })
  return rows.map(toCaseEvent)
}

/** The same of many families. */
export const caseEventsOfFamilies = async (
  reader: Reader,
  familyIds: readonly string[],
): Promise<Map<string, CaseEvent[]>> => {
  const rows = await readFrom(reader).$queryRaw<CaseEvent[]>`
    SELECT id, family_id AS "familyId", episode_id AS "episodeId", round, kind, day::text AS day, detail, reason, words,
      left_stage AS "leftStage", implied, void, corrects_id AS "correctsId", at, staff_id AS "staffId", api_key_id AS "apiKeyId"
    FROM case_events WHERE family_id = ANY (${[...familyIds]}::uuid[]) ORDER BY id`
  return Map.groupBy(rows, ({ familyId }) => familyId)
}

/** The rows that hold: neither replaced nor taken back. */
export const inForce = <T extends Pick<CaseEvent, 'id' | 'correctsId' | 'void'>>(rows: readonly T[]): T[] => {
  const replaced = new Set(rows.map(({ correctsId }) => correctsId))
  return rows.filter((row) => !row.void && !replaced.has(row.id))
}

type Stored = Omit<CaseEvent, 'day' | 'reason'> & { day: Date; reason: string | null }

const toCaseEvent = (row: Stored): CaseEvent => ({
  ...row,
  day: row.day.toISOString().slice(0, 10),
  reason: row.reason as SkipReason | null,
})
