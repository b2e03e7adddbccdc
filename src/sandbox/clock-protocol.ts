import { z } from 'zod'

/** The sandbox's clock, which runs on from `now`. */
export const clockSchema = z.object({
  /** Milliseconds since 1970, when this was sent. */
  now: z.number().int(),
  /** The centre's, if known. */
  timeZone: z.string().optional(),
  movable: z.boolean(),
})

const longestMove = 31 * 24 * 60
/** Forward only: what has happened cannot be undone. `monday`: the next one at 9:00. */
export const moveClockSchema = z.union([
  z.strictObject({ minutes: z.number().int().min(1).max(longestMove) }),
  z.strictObject({ to: z.literal('monday') }),
])

export type ClockView = z.infer<typeof clockSchema>
export type MoveClock = z.infer<typeof moveClockSchema>
