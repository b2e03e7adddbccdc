import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { helpKinds } from './help-kinds.ts'

const catalogueSchema = z.array(
  z.strictObject({
    /** What a plan names; the plain words are texts, `catalogue.<region>.<code>`. */
    code: z.string().regex(/^[a-z]+(-[a-z0-9]+)*$/),
    /** Null: the text names no kind, as for Novgorod's practices, and an activity of any kind may be it. */
    kind: z.enum(helpKinds).nullable(),
    clause: z.string().min(1),
    /** In the words of the region's text. */
    official: z.string().min(1),
    /** Rows of the region's report that count it (Novgorod, annex 2 of the order). */
    reportRows: z.array(z.string().min(1)).min(1).optional(),
  }),
)
/** One help of those that a region's text lists, from which plans are picked. */
export type CatalogueEntry = z.infer<typeof catalogueSchema>[number]

const read = (region: string): readonly CatalogueEntry[] =>
  catalogueSchema.parse(
    JSON.parse(readFileSync(new URL(`./catalogue/${region}.json`, import.meta.url), 'utf8')),
  )

/** Nyagan's leaflet and Chelyabinsk's order list no help. */
const catalogues: Readonly<Record<string, readonly CatalogueEntry[]>> = {
  stavropol: read('stavropol'),
  novgorod: read('novgorod'),
  crimea: read('crimea'),
}

export const catalogueOf = (region: string): readonly CatalogueEntry[] => catalogues[region] ?? []
