import { languages, type Texts } from '#core/text.ts'
import { normalizeLabel, type Sheet } from './cells.ts'
import type { LeftOut } from './left-out.ts'
import { createSheetWords, type SheetWords } from './sheet-words.ts'

export type PlanSheets = { plan: Sheet; activities: Sheet; words: SheetWords; left: LeftOut[] }

/** Finds the two sheets and their language: that of the first one's name, Russian without one. */
export const planSheetsIn = (sheets: readonly Sheet[], texts: Texts): PlanSheets | { missing: string } => {
  const says = languages.map((language) => texts.for(language, 'adult'))
  const all = says.map((say) =>
    createSheetWords(
      say,
      says.filter((one) => one !== say),
    ),
  )
  const isCalled = ({ name }: Sheet, which: 'plan' | 'activities' | 'hints') =>
    all.some((words) => normalizeLabel(words[which]) === normalizeLabel(name))
  const named = (which: 'plan' | 'activities') => {
    const found = sheets.filter((sheet) => isCalled(sheet, which))
    return found.find(({ hidden }) => !hidden) ?? found[0]
  }
  const [plan, activities] = [named('plan'), named('activities')]
  const words = all.find((one) => plan && normalizeLabel(one.plan) === normalizeLabel(plan.name)) ?? all[0]
  if (!words) throw new Error('no language to read in')
  for (const [which, sheet] of [
    ['plan', plan],
    ['activities', activities],
  ] as const)
    if (!sheet || sheet.hidden) {
      const why = sheet ? 'sheetHidden' : 'sheetMissing'
      return { missing: words.say.label(`spreadsheet.${why}`, { sheet: words[which] }) }
    }
  if (!plan || !activities) throw new Error('a sheet that is there is missing')
  const others = sheets.filter(
    (sheet) => sheet !== plan && sheet !== activities && sheet.rows.length > 0 && !isCalled(sheet, 'hints'),
  )
  return {
    plan: { ...plan, name: words.plan },
    activities: { ...activities, name: words.activities },
    words,
    left: others.map(({ name }) => ({ kind: 'sheet', sheet: name, which: name })),
  }
}
