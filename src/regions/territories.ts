import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** Letters, digits, spaces and hyphens only: they become a part of a regular expression. */
export const spokenBeginning = z.string().regex(/^[\p{L}\d][\p{L}\d -]{1,39}$/u)
const beginnings = z.array(spokenBeginning)

export const territory = z.strictObject({
  code: z.string().regex(/^[a-z]+(-[a-z0-9]+)*$/),
  name: z.strictObject({ ru: z.string().min(1), en: z.string().min(1) }),
  /** Of its landline telephones. */
  areaCode: z
    .string()
    .regex(/^\d{3,5}$/)
    .optional(),
  /**
   * Beginnings of the words by which people call it, in small letters with «е» for «ё»: «в Ленинском», «из Ленинского».
   * The texts name a territory in the nominative only.
   */
  called: beginnings,
  /** The same for the town that it is a part of. */
  town: beginnings,
})
export type Territory = z.infer<typeof territory>

/** The territories with which a new centre of each region begins; from then on they are its own. */
export const territoriesOfNewCentre = z
  .strictObject({
    stavropol: z.array(territory).min(1),
    nyagan: z.array(territory).min(1),
    chelyabinsk: z.array(territory).min(1),
    novgorod: z.array(territory).min(1),
    crimea: z.array(territory).min(1),
  })
  .parse(JSON.parse(readFileSync(new URL('./new-centre.json', import.meta.url), 'utf8')))
