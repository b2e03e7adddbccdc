import { newId } from '#core/ids.ts'
import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export const termStates = ['open', 'met', 'explained', 'gone'] as const
export type TermState = (typeof termStates)[number]

/** A term of a case. Days are ISO dates in the region's zone. */
export type CaseTerm = {
  id: string
  familyId: string
  episodeId: string
  code: string
  round: number
  /** Of a term that comes again: which one, from 1. */
  nth: number
  countedFrom: string
  dueOn: string
  /** The last working day within it. */
  actBy: string
  /** From this day on it counts as near. */
  nearOn: string
  responsible: string
  byDefault: boolean
  state: TermState
  metOn: string | null
  /** When the sweep looks at it again. */
  lookAt: Date | null
  nearToldAt: Date | null
  missedToldAt: Date | null
}

/** The terms in force of a family, by their last day. */
export const termsOf = async (reader: Reader, familyId: string): Promise<CaseTerm[]> =>
  (await termsOfFamilies(reader, [familyId])).get(familyId) ?? []

/** The same of many families; `open`: those alone that are neither met nor gone. */
export const termsOfFamilies = async (
  reader: Reader,
  familyIds: readonly string[],
  { open = false }: { open?: boolean } = {},
): Promise<Map<string, CaseTerm[]>> => {
  if (familyIds.length === 0) return new Map()
  const rows = await readFrom(reader).$queryRaw<CaseTerm[]>`
    SELECT ${columns} FROM case_terms t
    WHERE family_id = ANY (${[...familyIds]}::uuid[]) AND replaced_at IS NULL
      ${open ? Prisma.sql`AND state = 'open'` : Prisma.empty}
    ORDER BY due_on, code, round, nth`
  return Map.groupBy(rows, ({ familyId }) => familyId)
}

const day = (column: string) => Prisma.raw(`t.${column}::text`)
const columns = Prisma.sql`
  t.id, t.family_id AS "familyId", t.episode_id AS "episodeId", t.code, t.round, t.nth, ${day('counted_from')} AS "countedFrom",
  ${day('due_on')} AS "dueOn", ${day('act_by')} AS "actBy", ${day('near_on')} AS "nearOn", t.responsible,
  t.by_default AS "byDefault", t.state, ${day('met_on')} AS "metOn", t.look_at AS "lookAt",
  t.near_told_at AS "nearToldAt", t.missed_told_at AS "missedToldAt"`

export type NewTerm = Omit<CaseTerm, 'id' | 'nearToldAt' | 'missedToldAt'>

export const insertTerms = async (tx: Tx, terms: readonly NewTerm[], now: Date): Promise<void> => {
  if (terms.length === 0) return
  const rows = terms.map((term) => ({ id: newId(), ...term }))
  await tx.$executeRaw`
    INSERT INTO case_terms (id, family_id, episode_id, code, round, nth, counted_from, due_on, act_by, near_on, responsible,
      by_default, state, met_on, look_at, computed_at)
    SELECT id, "familyId", "episodeId", code, round, nth, "countedFrom", "dueOn", "actBy", "nearOn", responsible,
      "byDefault", state, "metOn", "lookAt", ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) given (id uuid, "familyId" uuid, "episodeId" uuid, code text,
      round int, nth int, "countedFrom" date, "dueOn" date, "actBy" date, "nearOn" date, responsible text,
      "byDefault" boolean, state text, "metOn" date, "lookAt" timestamptz)`
}

/** Keeps terms as they were counted, and takes them out of force. */
export const replaceTerms = async (tx: Tx, ids: readonly string[], now: Date): Promise<void> => {
  if (ids.length === 0) return
  await tx.$executeRaw`
    UPDATE case_terms SET replaced_at = ${now}, look_at = NULL WHERE id = ANY (${[...ids]}::uuid[])`
}

export type TermChange = Pick<CaseTerm, 'id' | 'state' | 'metOn' | 'lookAt'>

export const changeTerms = async (tx: Tx, changes: readonly TermChange[]): Promise<void> => {
  if (changes.length === 0) return
  await tx.$executeRaw`
    UPDATE case_terms t SET state = given.state, met_on = given."metOn", look_at = given."lookAt"
    FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      given (id uuid, state text, "metOn" date, "lookAt" timestamptz)
    WHERE t.id = given.id`
}

/** Says by which rules and days the terms of families were counted. */
export const markTerms = async (tx: Tx, familyIds: readonly string[], mark: string): Promise<void> => {
  await tx.$executeRaw`
    UPDATE families SET terms_mark = ${mark} WHERE id = ANY (${[...familyIds]}::uuid[]) AND terms_mark IS DISTINCT FROM ${mark}`
}

/** Families whose terms were not counted yet, or by other rules or days, without some, at most 500. */
export const unmarkedFamilies = async (
  reader: Reader,
  { region, mark, except }: { region: string; mark: string; except: readonly string[] },
): Promise<string[]> => {
  const among = Prisma.sql`region = ${region} AND NOT id = ANY (${[...except]}::uuid[])`
  const rows = await readFrom(reader).$queryRaw<{ id: string }[]>`
    (SELECT id FROM families WHERE ${among} AND terms_mark IS NULL LIMIT 500)
    UNION ALL (SELECT id FROM families WHERE ${among} AND terms_mark < ${mark} LIMIT 500)
    UNION ALL (SELECT id FROM families WHERE ${among} AND terms_mark > ${mark} LIMIT 500)
    LIMIT 500`
  return rows.map(({ id }) => id)
}

/** Open terms that are to be looked at by now, longest due first, at most 500. */
export const dueTerms = (reader: Reader, now: Date): Promise<{ id: string; familyId: string }[]> =>
  readFrom(reader).$queryRaw<{ id: string; familyId: string }[]>`
    SELECT id, family_id AS "familyId" FROM case_terms
    WHERE replaced_at IS NULL AND state = 'open' AND look_at <= ${now} ORDER BY look_at LIMIT 500`

/** Those of the terms that are open, each with 1. */
export const openOnes = async (reader: Reader, ids: readonly string[]): Promise<Map<string, number>> => {
  if (ids.length === 0) return new Map()
  const where = { id: { in: [...ids] }, state: 'open', replacedAt: null }
  const rows = await readFrom(reader).caseTerm.findMany({ where, select: { id: true } })
  return new Map(rows.map(({ id }) => [id, 1]))
}

/** Those of the terms that are still to be looked at. Their families are locked by the caller. */
export const takeTerms = (tx: Tx, ids: readonly string[], now: Date): Promise<CaseTerm[]> =>
  tx.$queryRaw<CaseTerm[]>`
    SELECT ${columns} FROM case_terms t
    WHERE id = ANY (${[...ids]}::uuid[]) AND replaced_at IS NULL AND state = 'open' AND look_at <= ${now}
    ORDER BY look_at, id FOR NO KEY UPDATE`

export type Look = Pick<CaseTerm, 'id' | 'nearToldAt' | 'missedToldAt'> & { lookAt: Date }

/** Records what was told of terms, and when each is looked at next. */
export const noteLooks = async (tx: Tx, looks: readonly Look[]): Promise<void> => {
  if (looks.length === 0) return
  await tx.$executeRaw`
    UPDATE case_terms t SET look_at = given."lookAt", near_told_at = given."nearToldAt", missed_told_at = given."missedToldAt"
    FROM jsonb_to_recordset(${JSON.stringify(looks)}::jsonb)
      given (id uuid, "lookAt" timestamptz, "nearToldAt" timestamptz, "missedToldAt" timestamptz)
    WHERE t.id = given.id`
}
