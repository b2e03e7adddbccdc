import { DomainError } from '#core/errors.ts'
import type { Say, Texts } from '#core/text.ts'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { nameOf } from '#features/families/members.ts'
import type { Actor, FamilyDeps } from '#features/families/active.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Database, Tx } from '#storage/database.ts'
import { type Family, familyOfNumber, lockFamily } from '#storage/families/families.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { latestPlan } from '#storage/plan/plans.ts'
import { diffPlans } from '../plan-diff.ts'
import type { PlanDocument } from '../plan-document.ts'
import { openPlan } from '../open-plan.ts'
import { publishPlan } from '../publish-plan.ts'
import type { Sheet } from './cells.ts'
import { leftOutLines } from './left-out.ts'
import { planSheetsIn } from './plan-sheets.ts'
import { type SheetDraft, readSheets } from './sheet-draft.ts'
import { validateSheet } from './validate-sheet.ts'
import { problemLines } from './sheet-problems.ts'
import type { SheetWords } from './sheet-words.ts'

type Deps = FamilyDeps & { texts: Texts }
export type ImportDeps = Deps & { database: Database }

/**
 * The result of an import, as lines in the file's language. `kept`: the content is a version of the plan, new
 * or existing.
 */
export type ImportResult = {
  kept: boolean
  ok: boolean
  lines: string[]
  changes?: ImportedChanges
  /** Somebody of the family is in the bot and sees it there. */
  read?: boolean
}

/** The activities that differ from the version in force, in plain words. */
export type ImportedChanges = Record<'added' | 'moved' | 'changed' | 'removed', string[]>

/** Whose import it is. `mayPublish`: for which families; any other counts as unknown. By default the operator's: for all. */
export type Importer = { by: Actor; mayPublish?: (tx: Tx, family: Family) => Promise<boolean> }

const operator: Importer = { by: {} }

/** Rolls the transaction back, carrying the result. */
class RolledBack extends Error {
  override name = 'Undone'
  readonly outcome: ImportResult

  constructor(outcome: ImportResult) {
    super('undone')
    this.outcome = outcome
  }
}

/**
 * Imports a file as the plan of the family whose number it names, entirely or not at all; every faulty cell
 * is reported. `check` validates without storing anything.
 */
export const importPlan = async (
  deps: ImportDeps,
  given: { sheets: readonly Sheet[]; check: boolean; now: Date } & Partial<Importer>,
): Promise<ImportResult> => {
  try {
    return await deps.database.transaction(async (tx) => {
      const outcome = await importPlanIn(tx, deps, given)
      if (given.check || !outcome.ok) throw new RolledBack({ ...outcome, kept: false })
      return outcome
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.outcome
    throw error
  }
}

/** The same in the caller's transaction, which stores nothing if it is refused; the caller rolls a check back. */
export const importPlanIn = async (
  tx: Tx,
  deps: Deps,
  given: { sheets: readonly Sheet[]; check: boolean; now: Date } & Partial<Importer>,
): Promise<ImportResult> => {
  const { check, now } = given
  const read = await planFromSheets(tx, deps, given)
  if ('lines' in read) return refused(read.lines)
  const { family, document, say, left } = read
  const { by } = { ...operator, ...given }
  const result = await publish(tx, deps, { family, document, say, check, by, now })
  return { ...result, lines: [...result.lines, ...left], read: await isReadInBot(tx, family.id) }
}

/** The plan that a file holds, with what of it was left out; or, as lines, everything that is wrong in it. Locks the family. */
export const planFromSheets = async (
  tx: Tx,
  deps: Pick<Deps, 'region' | 'sealer' | 'texts'>,
  given: { sheets: readonly Sheet[]; now: Date } & Pick<Partial<Importer>, 'mayPublish'>,
): Promise<{ family: Family; document: PlanDocument; say: Say; left: string[] } | { lines: string[] }> => {
  const found = planSheetsIn(given.sheets, deps.texts)
  if ('missing' in found) return { lines: [found.missing] }
  const { say } = found.words
  const draft = readSheets(found, found.words)
  const family = await familyIn(tx, draft, { ...operator, ...given })
  const document = await validated(tx, deps, { draft, family, now: given.now })
  if (!family || !document) return { lines: linesOf(say, found.words, draft) }
  return { family, document, say, left: leftOutLines(say, [...draft.left, ...found.left]) }
}

const refused = (lines: string[]): ImportResult => ({ kept: false, ok: false, lines })

const linesOf = (say: Say, words: SheetWords, { problems, left }: SheetDraft): string[] => [
  ...problemLines(say, [words.plan, words.activities], problems.all()),
  ...leftOutLines(say, left),
  say.label('spreadsheet.nothingKept'),
]

const familyIn = async (
  tx: Tx,
  { number, places, problems }: SheetDraft,
  { mayPublish }: Importer,
): Promise<Family | null> => {
  if (number === undefined) return null
  const found = await familyOfNumber(tx, number)
  const theirs = found && (!mayPublish || (await mayPublish(tx, found)))
  const family = found && theirs ? await lockFamily(tx, found.id) : null
  const place = places.get('family')
  if (place && !family) problems.add(place, 'family')
  if (place && family?.status === 'closed') problems.add(place, 'closed')
  return family
}

const validated = async (
  tx: Tx,
  { region, sealer }: Pick<Deps, 'region' | 'sealer'>,
  { draft, family, now }: { draft: SheetDraft; family: Family | null; now: Date },
): Promise<PlanDocument | undefined> => {
  const members = family ? await membersOf(tx, family.id) : []
  const named = members.map((member) => ({ ...member, name: nameOf(sealer, member) }))
  return validateSheet(draft, { region, members: named, today: dayAt(now, region.timeZone) })
}

type Publishing = {
  family: Family
  document: PlanDocument
  say: Say
  check: boolean
  by: Actor
  now: Date
}

const publish = async (
  tx: Tx,
  deps: Deps,
  { family, document, say, check, by, now }: Publishing,
): Promise<ImportResult> => {
  const latest = await latestPlan(tx, family.id)
  const before = latest ? openPlan(deps.sealer, latest).activities : []
  const version = await publishPlan(tx, deps, { family, document, by, now }).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'safety-unacknowledged') return null
    throw error
  })
  if (version === null)
    return refused([say.label('spreadsheet.unsafe'), say.label('spreadsheet.nothingKept')])
  const { number, id: familyId } = family
  if (version === latest?.version) {
    return { kept: true, ok: true, lines: [say.label('spreadsheet.same', { number, version })] }
  }
  await addAudit(tx, { at: now, action: 'family.changed', familyId, staffId: by.staffId ?? null })
  const { added, moved, changed, removed } = diffPlans(before, document.activities)
  const counts = {
    added: added.length,
    moved: moved.length,
    changed: changed.length,
    removed: removed.length,
  }
  const line = check
    ? say.label('spreadsheet.checked', { number, version, ...counts })
    : say.label('spreadsheet.imported', { number, version, ...counts })
  const changes = {
    added: added.map(({ plain }) => plain),
    moved: moved.map(({ after }) => after.plain),
    changed: changed.map(({ after }) => after.plain),
    removed: removed.map(({ plain }) => plain),
  }
  return { kept: true, ok: true, lines: [line], changes }
}
