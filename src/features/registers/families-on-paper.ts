import type { Say } from '#core/text.ts'
import type { PaperTable } from '#features/plan/pdf/page-layout.ts'
import type { CaseColumn } from '#regions/registers/register.ts'
import { cellText, type RegisterSheet, type SheetCell } from './register-sheet.ts'

/** Points of a page on its side. */
const [pageWidth, placeWidth] = [762, 42]

/** Where on paper a column stands: thirteen columns beside each other would not fit, so that several share one. */
const parts = ['family', 'needs', 'steps', 'end'] as const
type Part = (typeof parts)[number]
const weights: Record<Part, number> = { family: 22, needs: 36, steps: 24, end: 18 }
const partOf: Record<CaseColumn, Part> = {
  ...{ number: 'family', name: 'family', territory: 'family', curator: 'family' },
  ...{ circumstances: 'needs', categories: 'needs', level: 'needs' },
  ...{ application: 'steps', 'need-recognised': 'steps', accepted: 'steps', contract: 'steps' },
  ...{ 'first-diagnosis': 'steps', 'ipss-sent': 'steps', 'ipss-approved': 'steps', 'ipss-began': 'steps' },
  ...{ 'final-diagnosis': 'steps', closed: 'end', closing: 'end' },
  ...{ looks: 'end', 'last-look': 'end', how: 'end' },
}

/** A register of single families: a row for each, and in each cell the columns below one another with their names. Pure. */
export const familiesOnPaper = (
  { heads, rows }: Pick<RegisterSheet, 'heads' | 'rows'>,
  { columns, say }: { columns: readonly CaseColumn[]; say: Say },
): PaperTable => {
  const shown = parts.filter((part) => columns.some((column) => partOf[column] === part))
  const all = shown.reduce((sum, part) => sum + weights[part], 0)
  // The first head is that of the row's place.
  const [place = '', ...names] = heads
  const cell = (part: Part, values: readonly SheetCell[]) =>
    columns.flatMap((column, index) => {
      if (partOf[column] !== part) return []
      const value = cellText(values[index] ?? null) || '–'
      const text = say.label('registers.part', { name: names[index] ?? '', value })
      return [column === 'name' ? { text, style: 'bold' as const } : { text }]
    })
  return {
    heading: '',
    columns: [
      { title: place, width: placeWidth },
      ...shown.map((part) => ({
        title: say.label(`registers.parts.${part}`),
        width: Math.floor(((pageWidth - placeWidth) * weights[part]) / all),
      })),
    ],
    rows: rows.map(([number = null, ...values]) => [
      [{ text: cellText(number) }],
      ...shown.map((part) => cell(part, values)),
    ]),
  }
}
