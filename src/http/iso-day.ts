import { z } from 'zod'

/** An ISO date that is given to the API; in the years of `instant`, and for the same reasons. */
export const isoDay = z.iso
  .date()
  .refine((text) => text >= '2000-01-01' && text < '2200-01-01', 'must be between 2000 and 2199')
