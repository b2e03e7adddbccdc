import type { Say } from '#core/text.ts'
import type { PlanDocument, PlannedActivity, When } from '../plan-document.ts'
import type { Choice, ColumnName, Field, SheetWords } from './sheet-words.ts'

/** The cells of a plan as the workbook has them, which are read back as the same plan. */
export const headCells = (
  words: SheetWords,
  { number, document }: { number: number; document: PlanDocument },
): Record<Field, string[]> => ({
  family: [String(number)],
  level: [labelOf(words.levels, document.level)],
  from: [dayCell(document.from)],
  until: [dayCell(document.until)],
  goal: [document.goal],
  tasks: document.tasks,
  results: document.results,
})

export const activityCells = (
  words: SheetWords,
  activity: PlannedActivity,
  names: ReadonlyMap<string, string>,
): Partial<Record<ColumnName, string>> => {
  const { code, title, plain, kind, place, responsible, when, audience, memberIds = [] } = activity
  const { familyPart, centrePart, catalogueCode } = activity
  const whom = memberIds.map((id) => names.get(id) ?? '').join(', ')
  return {
    ...{ code, title, plain, responsible, minors: whom },
    ...{ kind: labelOf(words.kinds, kind), audience: labelOf(words.audiences, audience) },
    ...scheduleCells(words.say, when),
    ...(place !== undefined && { place }),
    ...(familyPart !== undefined && { familyPart }),
    ...(centrePart !== undefined && { centrePart }),
    ...(catalogueCode !== undefined && { catalogueCode }),
  }
}

const labelOf = (choices: readonly Choice[], value: string): string =>
  choices.find((one) => one.value === value)?.label ?? value

/** `2026-03-12` → `12.03.2026`. */
const dayCell = (day: string): string => day.split('-').toReversed().join('.')

const scheduleCells = (say: Say, when: When): Partial<Record<ColumnName, string>> => {
  const repeat = repeatWords(say, when)
  const at = 'at' in when && when.at !== undefined ? { at: when.at } : {}
  if (when.kind === 'once') return { repeat, from: dayCell(when.on), ...at }
  return { repeat, from: dayCell(when.from), until: dayCell(when.until), ...at }
}

/** «каждую неделю: пн, ср»: what `readRepeat` understands. */
const repeatWords = (say: Say, when: When): string => {
  const words = (key: string, values = {}) => say.label(`spreadsheet.repeats.${key}`, values)
  if (when.kind === 'once' || when.kind === 'span') return words(when.kind)
  const { every: count } = when
  if (when.kind === 'monthly') return words(count === 1 ? 'month' : 'months', { count, day: when.day })
  const days = when.days.map((day) => words(`days.${day}`)).join(', ')
  return words(count === 1 ? 'week' : 'weeks', { count, days })
}
