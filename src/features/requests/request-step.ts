import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Sealer } from '#storage/seal.ts'

/** The author of a change: a staff member in the bot, an API key, or (neither) the product or the family. */
export type Actor = { staffId?: string | undefined; apiKeyId?: string | undefined }
export type StepDeps = { sealer: Sealer; enqueue: Enqueue; region: Region }
