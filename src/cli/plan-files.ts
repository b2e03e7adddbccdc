import { readFile, stat, writeFile } from 'node:fs/promises'
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
import { CommandProblem } from '#control/command-problem.ts'

const locales = fileURLToPath(new URL('../../locales', import.meta.url))

/**
 * Handles the local files of a command: writes a template, or reads a workbook into the command for the app. Throws
 * CommandProblem.
 */
export const runFileCommand = async (given: FileCommand): Promise<Command | string[]> => {
  if (given.name === 'plan-import-file') {
    return { name: 'plan-import', sheets: await sheetsOf(given.file), check: given.check }
  }
  const { planTemplate } = await import('#features/plan/spreadsheet/sheet-template.ts')
  const texts = await loadTexts(locales)
  await withFileErrors(given.file, async () =>
    writeFile(given.file, await planTemplate(texts.for(given.language, 'adult')), { flag: 'wx' }),
  )
  return [`Wrote ${given.file}`]
}

const sheetsOf = async (file: string): Promise<Sheet[]> => {
  const shown = file === '-' ? 'Standard input' : file
  const bytes = await withFileErrors(shown, async () => {
    if (file === '-') return fromInput()
    // Checked before reading.
    if ((await stat(file)).size > maxWorkbookBytes) throw new WorkbookRefused('too-large')
    return readFile(file)
  })
  try {
    return await openWorkbook(bytes)
  } catch (error) {
    throw refusal(shown, error)
  }
}

/** No more than a workbook may have. */
const fromInput = async (): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of process.stdin as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > maxWorkbookBytes) throw new WorkbookRefused('too-large')
    parts.push(part)
  }
  return Buffer.concat(parts)
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

const known: Record<string, string> = {
  ENOENT: 'does not exist',
  EEXIST: 'already exists',
  EISDIR: 'is a folder',
  EACCES: 'cannot be opened: permission denied',
}

const withFileErrors = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (known[code]) throw new CommandProblem(`${file} ${known[code]}`, { cause: error })
    throw refusal(file, error)
  }
}
