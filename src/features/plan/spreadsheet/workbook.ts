import { runInThread } from '#core/in-thread.ts'
import type { Sheet } from './cells.ts'
import { entriesOf } from './xlsx/unzip.ts'

export const maxWorkbookBytes = 2 * 1024 * 1024
const maxUnpackedBytes = 32 * 1024 * 1024

export type WorkbookProblem =
  | 'too-large'
  | 'not-a-workbook'
  | 'too-many-cells'
  /** With a password. */
  | 'protected'
  /** Of another kind, whatever its name says. */
  | 'old-excel'
  | 'open-document'
  | 'text'

/** A file that is not a workbook, or is malicious. */
export class WorkbookRefused extends Error {
  override name = 'WorkbookRefused'
  readonly problem: WorkbookProblem

  constructor(problem: WorkbookProblem, options?: ErrorOptions) {
    super(problem, options)
    this.problem = problem
  }
}

/** The worker's response. */
export type WorkbookResult = { sheets: Sheet[] } | { problem: WorkbookProblem }

/**
 * Reads the sheets of an .xlsx file as values. It is unpacked in a thread with limited memory and time,
 * because a small file may hold a million rows or unpack to gigabytes. Throws WorkbookRefused.
 */
export const openWorkbook = async (bytes: Uint8Array): Promise<Sheet[]> => {
  if (bytes.length > maxWorkbookBytes) throw new WorkbookRefused('too-large')
  const entries = entriesOf(bytes)
  if (!entries) throw new WorkbookRefused(kindOf(bytes))
  if ([...entries.values()].reduce((sum, { size }) => sum + size, 0) > maxUnpackedBytes)
    throw new WorkbookRefused('too-large')
  if (entries.has('mimetype')) throw new WorkbookRefused('open-document')
  const answer = await runInThread<WorkbookResult>(new URL('./workbook-worker.ts', import.meta.url), {
    data: bytes,
    memoryMb: 256,
    timeoutMs: 20_000,
  }).catch((cause: unknown): never => {
    throw new WorkbookRefused('too-many-cells', { cause })
  })
  if ('problem' in answer) throw new WorkbookRefused(answer.problem)
  return answer.sheets
}

/** What a file is that is no archive. */
const kindOf = (bytes: Uint8Array): WorkbookProblem => {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (data.length >= 8 && data.readUInt32BE(0) === 0xd0cf11e0)
    return data.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'protected' : 'old-excel'
  const start = data.subarray(0, 4096)
  return data.length > 0 && !start.includes(0) && /[;,\t].*\r?\n/.test(start.toString('utf8'))
    ? 'text'
    : 'not-a-workbook'
}
