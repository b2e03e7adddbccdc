import { z } from 'zod'
import { CommandProblem } from '#control/command-problem.ts'
import { verifyReceipt } from '#features/consents/receipt.ts'
import type { Config } from '#src/config.ts'
import { embeddedKeys } from '#storage/data-keys.ts'
import { createSealer } from '#storage/seal.ts'
import { bytesOf, TooLarge } from './read-file.ts'

export const receiptCommandSchema = z.strictObject({
  name: z.literal('receipt-verify'),
  file: z.string().min(1),
})
export type ReceiptCommand = z.infer<typeof receiptCommandSchema>

/** In bytes; a receipt has some four hundred. */
const most = 4096

const problems = {
  altered: 'The receipt was altered: its lines do not have this sum',
  'unknown-key':
    'The receipt was not signed by this centre, or with a key that DATA_KEYS does not have any more: compare it with the registry',
  unreadable:
    'This is no receipt: expected the lines of its QR code, from «ryadom consent receipt 1» to «sign …»',
}

/** Checks a receipt with the keys alone: neither the app nor the database is needed. Throws CommandProblem. */
export const runReceiptCommand = async (
  config: Pick<Config, 'keys' | 'dataDir'>,
  { file }: ReceiptCommand,
): Promise<string[]> => {
  const sealer = createSealer(config.keys ?? (await embeddedKeys(config.dataDir)))
  const verified = verifyReceipt(sealer, new TextDecoder().decode(await read(file)))
  if (verified.is !== 'valid') throw new CommandProblem(problems[verified.is])
  return ['The receipt is genuine:', ...verified.lines.map((line) => `  ${line}`)]
}

const read = async (file: string): Promise<Uint8Array> => {
  try {
    return await bytesOf(file, most)
  } catch (error) {
    throw error instanceof TooLarge ? new CommandProblem(problems.unreadable) : error
  }
}
