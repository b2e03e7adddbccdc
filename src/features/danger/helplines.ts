import { z } from 'zod'
import { type DangerKind, dangerKinds } from './danger-kinds.ts'

/**
 * A number that the centre has confirmed: its own region's, or one of those in `docs/helplines.md`. A number that nobody
 * has confirmed is not shown; nor is any promise of hours made, because none is known to hold for every region.
 */
export const helplineSchema = z.strictObject({
  number: z.string().regex(/^[+\d][\d ()-]{1,24}$/),
  /** What it is, as shown after the number. */
  name: z.strictObject({ ru: z.string().min(1).max(120), en: z.string().min(1).max(120) }),
  /** What it is for; absent: everything. */
  kinds: z.array(z.enum(dangerKinds)).min(1).optional(),
  for: z.enum(['everyone', 'adult', 'minor']).default('everyone'),
  /** Who of the centre confirmed it, and when. */
  confirmedBy: z.string().min(2).max(120),
  confirmedOn: z.iso.date(),
})
export type Helpline = z.infer<typeof helplineSchema>

/** The confirmed numbers for these kinds and this reader. */
export const helplinesFor = (
  helplines: readonly Helpline[],
  kinds: readonly DangerKind[],
  reader: 'adult' | 'minor',
): Helpline[] =>
  helplines.filter(
    (line) =>
      (line.for === 'everyone' || line.for === reader) &&
      (line.kinds === undefined || line.kinds.some((kind) => kinds.includes(kind))),
  )

const halfAYearMs = 183 * 24 * 60 * 60_000

/** Numbers that were confirmed more than half a year ago, and must be confirmed again. */
export const outdatedHelplines = (helplines: readonly Helpline[], now: Date): Helpline[] =>
  helplines.filter(({ confirmedOn }) => now.getTime() - Date.parse(confirmedOn) > halfAYearMs)
