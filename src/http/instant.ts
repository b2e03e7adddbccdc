import { z } from 'zod'

/** Dates outside these years are typing errors; PostgreSQL also has no year 0. */
const [earliest, latest] = [new Date('2000-01-01T00:00:00Z'), new Date('2200-01-01T00:00:00Z')]

/** An ISO 8601 date and time with an offset from UTC. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((date) => date >= earliest && date < latest, 'must be between 2000 and 2199')
