import { runInThread } from '#core/in-thread.ts'
import type { Sheet } from './cells.ts'

export const maxWorkbookBytes = 2 * 1024 * 1024
const maxUnpackedBytes = 32 * 1024 * 1024

export type WorkbookProblem = 'too-large' | 'not-a-workbook' | 'too-many-cells'

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
  if (bytes.length > maxWorkbookBytes || unpackedSize(bytes) > maxUnpackedBytes)
    throw new WorkbookRefused('too-large')
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

/** The unpacked size of an archive, as declared in its directory (PKWARE APPNOTE 4.3.12, 4.3.16). */
const unpackedSize = (bytes: Uint8Array): number => {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = data.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end < 0 || end + 22 > data.length) throw new WorkbookRefused('not-a-workbook')
  let at = data.readUInt32LE(end + 16)
  let sum = 0
  for (let left = data.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > data.length || data.readUInt32BE(at) !== 0x504b0102)
      throw new WorkbookRefused('not-a-workbook')
    sum += data.readUInt32LE(at + 24)
    at += 46 + data.readUInt16LE(at + 28) + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32)
  }
  return sum
}
