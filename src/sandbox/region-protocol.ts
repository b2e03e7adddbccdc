import { z } from 'zod'

/** The region under which this world runs, and those that can be chosen; absent where the sandbox has one region. */
export const regionsSchema = z.object({ chosen: z.string(), codes: z.array(z.string()) })

/** Stops this world and opens that of another region, at the same address. */
export const chooseRegionSchema = z.strictObject({ region: z.string() })

export type RegionsView = z.infer<typeof regionsSchema>
/** What the page may do about it. */
export type SandboxRegions = { chosen: string; codes: readonly string[]; choose(code: string): void }
