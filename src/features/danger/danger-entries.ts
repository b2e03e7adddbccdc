import { z } from 'zod'
import { readData } from './danger-data.ts'
import { type DangerEntry, type DangerKind, dangerKinds, dangerLevels } from './danger-kinds.ts'

const listed = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
    level: z.enum(dangerLevels),
    any: z.array(z.string()).min(1),
    not: z.array(z.string()).default([]),
    negated: z.boolean().default(false),
    inFiction: z.boolean().default(false),
    mostWords: z.int().positive().optional(),
  }),
)

/** Reads the entries of a kind; throws if they are malformed, so that a mistake ends the process at its start. */
export const readEntries = (file: string, kind: DangerKind): DangerEntry[] =>
  listed.parse(readData(file)).map((entry) => ({ ...entry, id: `${kind}.${entry.id}`, kind }))

/** The built-in list. A centre switches single entries off by their ids, and has a list of its own beside it. */
export const dangerEntries: readonly DangerEntry[] = dangerKinds.flatMap((kind) =>
  readEntries(`entries/${kind}.json`, kind),
)
