import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { lockFamilyForStaff } from '#features/visits/visits-for-staff.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { DocumentRule } from '#regions/documents.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import {
  type DocumentDate,
  type DocumentEvent,
  documentDatesOf,
  documentEvents,
  insertDocumentDate,
} from '#storage/families/case-documents.ts'
import type { Family } from '#storage/families/families.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Actor } from './active.ts'

type Rules = Pick<Region, 'documents' | 'timeZone'>

/** The valid date of an event, and the row that states it. */
type Stated = { id: string; on: string }
export type CaseDocument = DocumentRule & {
  dates: Readonly<Partial<Record<DocumentEvent, Stated>>>
  /** It belongs into the personal file, and is not signed yet (Stavropol 6.17). */
  missing: boolean
}

/** The region's documents with their dates; of several dates of one event the last counts. */
const documentsWithDates = (
  { documents }: Pick<Rules, 'documents'>,
  rows: readonly DocumentDate[],
): CaseDocument[] => {
  const corrected = new Set(rows.map(({ correctsId }) => correctsId))
  const valid = rows.filter(({ id, on }) => !corrected.has(id) && on !== null)
  return documents.map((rule) => {
    const dates: Partial<Record<DocumentEvent, Stated>> = {}
    for (const { id, code, event, on } of valid) if (code === rule.code && on) dates[event] = { id, on }
    return { ...rule, dates, missing: rule.file === true && !dates.signed }
  })
}

export const caseDocuments = async (reader: Reader, rules: Rules, familyId: string) =>
  documentsWithDates(rules, await documentDatesOf(reader, familyId))

type Dated = { code: string; event: DocumentEvent; on: string | null; corrects: string | null }

/**
 * Adds a date of a document, or corrects one; the family is locked. Throws `invalid-input` for a document that the region does not
 * have, a day to come, a date without a day that corrects nothing, and a correction of what is no valid date of it.
 */
export const dateDocument = async (
  tx: Tx,
  rules: Rules,
  { family, dated, by, now }: { family: Family; dated: Dated; by: Actor; now: Date },
): Promise<void> => {
  const { code, event, on, corrects } = dated
  if (!rules.documents.some((one) => one.code === code)) throw invalid('document')
  if (on !== null && on > dayAt(now, rules.timeZone).toString()) throw invalid('on')
  if (on === null && corrects === null) throw invalid('on')
  const documents = await caseDocuments(tx, rules, family.id)
  const known = documents.find((one) => one.code === code)?.dates[event]
  if (corrects !== null && known?.id !== corrects) throw invalid('corrects')
  const { staffId = null, apiKeyId = null } = by
  await insertDocumentDate(tx, {
    familyId: family.id,
    code,
    event,
    on,
    correctsId: corrects,
    staffId,
    apiKeyId,
    at: now,
  })
}

/** «Подписан сегодня», by whoever is in charge of the family; one that was not called made is made, too. */
export const signToday = async (
  tx: Tx,
  rules: Rules,
  {
    staff,
    familyId,
    code,
    now,
  }: { staff: Staff | null | undefined; familyId: string; code: string; now: Date },
): Promise<void> => {
  const family = await lockFamilyForStaff(tx, staff, familyId, now)
  const staffId = staff?.id
  const document = (await caseDocuments(tx, rules, familyId)).find((one) => one.code === code)
  if (!document || document.dates.signed) return
  const on = dayAt(now, rules.timeZone).toString()
  await addAudit(tx, { at: now, action: 'family.changed', familyId, ...(staffId && { staffId }) })
  const events = documentEvents.filter((event) => event !== 'given' && !document.dates[event])
  for (const event of events)
    await dateDocument(tx, rules, {
      family,
      dated: { code, event, on, corrects: null },
      by: { staffId },
      now,
    })
}

const invalid = (field: string) => new DomainError('invalid-input', { field })
