import type { Say } from '#core/text.ts'
import type { PlanProblem } from '../plan-rules.ts'
import { cellAddress } from './cells.ts'

/** Where something of the document stands in the file. */
export type CellPlace = { sheet: string; row: number; column: number }

/** Why a cell is not taken; each has its words in `spreadsheet.problems`. */
export type CellProblem =
  | PlanProblem
  | 'missing'
  | 'notWords'
  | 'formula'
  | 'notADay'
  | 'notATime'
  | 'notANumber'
  | 'repeat'
  | 'level'
  | 'kind'
  | 'audience'
  | 'idle'
  | 'minor'
  | 'unknownRow'
  | 'unknownColumn'
  | 'repeated'
  | 'single'
  | 'columnMissing'
  | 'noWord'
  | 'tooLong'
  | 'code'
  | 'year'
  | 'interval'
  | 'tooMany'
  | 'family'
  | 'closed'
  | 'other'

export type CellFault = { place: CellPlace; problem: CellProblem; values?: Record<string, string | number> }

/** Problems of one file: the cells that are to blame, each by its sheet and address and once. */
export const createProblems = () => {
  const found = new Map<string, CellFault>()
  return {
    add: (place: CellPlace, problem: CellProblem, values?: CellFault['values']) => {
      const key = `${place.sheet}!${cellAddress(place.row, place.column)}`
      // What is wrong with a cell first is what to mend first.
      if (!found.has(key)) found.set(key, { place, problem, ...(values && { values }) })
    },
    all: (): CellFault[] => [...found.values()],
  }
}
export type Problems = ReturnType<typeof createProblems>

/** A line for each, in the order of the sheets: as staff find the cell, and what to do with it. */
export const problemLines = (say: Say, sheets: readonly string[], faulty: readonly CellFault[]): string[] => {
  const order = ({ place }: CellFault) => sheets.indexOf(place.sheet)
  return faulty
    .toSorted((a, b) => order(a) - order(b) || a.place.row - b.place.row || a.place.column - b.place.column)
    .map(({ place, problem, values = {} }) => {
      const where = `${place.sheet}!${cellAddress(place.row, place.column)}`
      return `${where}: ${say.label(`spreadsheet.problems.${problem}`, values)}`
    })
}
