import { z } from 'zod'

/** Beyond these years it is a slip, and the database knows no year 0. */
const [earliest, latest] = [new Date('2000-01-01T00:00:00Z'), new Date('2200-01-01T00:00:00Z')]

/** A moment that a caller names, with its offset from UTC. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((date) => date >= earliest && date < latest, 'not of these times')
