import type { Say } from '#core/text.ts'
import type { PlanProblem } from '../plan-rules.ts'
import { cellAddress } from './cells.ts'

/** A cell of the file. Row and column count from 0. */
export type CellPlace = { sheet: string; row: number; column: number }

/** Why a cell is refused; the texts are in `spreadsheet.problems`. */
export type CellProblem =
  | PlanProblem
  | 'missing'
  | 'notWords'
  | 'formula'
  | 'uncounted'
  | 'merged'
  | 'headers'
  | 'hidden'
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

/**
 * Collects the problems of a file, at most one per cell. Nobody is told that a filled cell is empty: what follows from another
 * problem of its row is left out.
 */
export const createProblems = (isFilled: (place: CellPlace) => boolean = () => false) => {
  const found = new Map<string, CellFault>()
  const inRow = ({ sheet, row }: CellPlace): boolean =>
    [...found.values()].some(({ place }) => place.sheet === sheet && place.row === row)
  return {
    add: (place: CellPlace, given: CellProblem, values?: CellFault['values']) => {
      const key = `${place.sheet}!${cellAddress(place.row, place.column)}`
      const follows = given === 'missing' && isFilled(place)
      if (follows && inRow(place)) return
      const problem = follows ? 'other' : given
      // The first problem of a cell is the first to fix.
      if (!found.has(key)) found.set(key, { place, problem, ...(values && { values }) })
    },
    all: (): CellFault[] => [...found.values()],
  }
}
export type Problems = ReturnType<typeof createProblems>

/** Renders one line per problem, in the order of the sheets: the cell's address and what to do. */
export const problemLines = (say: Say, sheets: readonly string[], faulty: readonly CellFault[]): string[] => {
  const order = ({ place }: CellFault) => sheets.indexOf(place.sheet)
  return faulty
    .toSorted((a, b) => order(a) - order(b) || a.place.row - b.place.row || a.place.column - b.place.column)
    .map(({ place, problem, values = {} }) => {
      const where = `${place.sheet}!${cellAddress(place.row, place.column)}`
      return `${where}: ${say.label(`spreadsheet.problems.${problem}`, values)}`
    })
}
