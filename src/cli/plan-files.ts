import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { loadTexts } from '#core/text.ts'
import type { Sheet } from '#features/plan/spreadsheet/cells.ts'
import {
  maxWorkbookBytes,
  openWorkbook,
  type WorkbookProblem,
  WorkbookRefused,
} from '#features/plan/spreadsheet/workbook.ts'
import type { Command } from '#control/command.ts'
import type { FileCommand } from './parse.ts'
import { photoFile } from './photo-files.ts'
import { bytesOf, TooLarge, withFileErrors } from './read-file.ts'
import { CommandProblem } from '#control/command-problem.ts'

const locales = fileURLToPath(new URL('../../locales', import.meta.url))

/**
 * Handles the local files of a command: writes a template, or reads a workbook or photo into the command for the app. Throws
 * CommandProblem.
 */
export const runFileCommand = async (given: FileCommand): Promise<Command | string[]> => {
  if (given.name === 'plan-import-file') {
    return { name: 'plan-import', sheets: await sheetsOf(given.file), check: given.check }
  }
  if (given.name === 'staff-photo-file') return photoFile(given)
  const { planTemplate } = await import('#features/plan/spreadsheet/sheet-template.ts')
  const texts = await loadTexts(locales)
  await withFileErrors(given.file, async () =>
    writeFile(given.file, await planTemplate(texts.for(given.language, 'adult')), { flag: 'wx' }),
  )
  return [`Wrote ${given.file}`]
}

const sheetsOf = async (file: string): Promise<Sheet[]> => {
  const shown = file === '-' ? 'Standard input' : file
  try {
    return await openWorkbook(await bytesOf(file, maxWorkbookBytes))
  } catch (error) {
    throw error instanceof TooLarge
      ? new CommandProblem(`${shown} ${reasons['too-large']}`)
      : refusal(shown, error)
  }
}

const reasons: Record<WorkbookProblem, string> = {
  'too-large': 'is larger than 2 MB, or unpacks to more than a plan can hold',
  'not-a-workbook': 'is not an .xlsx workbook',
  'too-many-cells': 'has more rows or columns than a plan can hold',
  protected: 'has a password: remove it and save the workbook again',
  'old-excel': 'is an old .xls workbook: save it as .xlsx',
  'open-document': 'is a LibreOffice spreadsheet (.ods): save it as .xlsx',
  text: 'is text (.csv): open it in a spreadsheet and save it as .xlsx',
}

const refusal = (file: string, error: unknown): unknown =>
  error instanceof WorkbookRefused
    ? new CommandProblem(`${file} ${reasons[error.problem]}`, { cause: error })
    : error
