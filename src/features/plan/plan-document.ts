import { z } from 'zod'
import { cleanText, countCharacters } from '#core/words.ts'
import { audienceMeaning, audiences } from '#features/families/audience.ts'
import { helpKinds } from '#regions/schema.ts'
import { supportLevels } from '#storage/families/families.ts'
import { weekdays } from '#storage/staff/staff.ts'

/** Maximum number of activities: nobody could follow more. */
export const maxActivities = 200

/** Readable text: cleaned, with at least one letter or digit, at most `most` characters (code points). */
const words = (most: number) =>
  z
    .string()
    .overwrite(cleanText)
    .refine((text) => text !== '', 'must not be empty')
    .refine((text) => text === '' || /[\p{L}\p{N}]/u.test(text), 'must contain a letter or digit')
    .refine((text) => countCharacters(text) <= most, `must be at most ${most} characters`)
    .meta({ minLength: 1, maxLength: most })

/** A calendar day of the region, ISO. A year out of range is a typing error. */
const day = z.iso
  .date()
  .refine((text) => text >= '2000-01-01' && text < '2100-01-01', 'must be between 2000 and 2099')
/** A list whose length is checked before its items: ten thousand items are one problem, not ten thousand. */
const listOf = <T extends z.ZodType>(item: T, most: number) =>
  z.preprocess((given, { issues }) => {
    if (!Array.isArray(given) || given.length <= most) return given
    issues.push({ code: 'custom', input: given, message: `must have at most ${most} items` })
    return z.NEVER
  }, z.array(item).min(1).max(most))

/** A time of day in the region's time zone. */
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .describe("`15:00`, in the region's time zone")

const period = { from: day, until: day }

/** When an activity takes place: once, at some time within a period, or repeatedly. */
export const whenSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('once'), on: day, at: time.optional() }),
    z.strictObject({ kind: z.literal('span'), ...period }),
    z.strictObject({
      kind: z.literal('weekly'),
      ...period,
      every: z.int().min(1).max(8).default(1).describe('Interval in weeks'),
      days: z.array(z.enum(weekdays)).min(1).max(7),
      at: time.optional(),
    }),
    z.strictObject({
      kind: z.literal('monthly'),
      ...period,
      every: z.int().min(1).max(12).default(1).describe('Interval in months'),
      day: z.int().min(1).max(31).describe('Day of the month; the last day of a shorter month'),
      at: time.optional(),
    }),
  ])
  .meta({ id: 'PlanWhen' })
export type When = z.output<typeof whenSchema>

export const activitySchema = z
  .strictObject({
    code: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/)
      .describe('Identifies the activity across all versions of the plan'),
    title: words(200).describe('As written in the IPSS'),
    plain: words(400).describe('The same in plain language; shown to the family first'),
    kind: z.enum(helpKinds).describe('Kind of help'),
    catalogueCode: z
      .string()
      .regex(/^[a-z]+(-[a-z0-9]+)*$/)
      .optional()
      .describe('Which help of the region’s catalogue it is, `GET /help-catalogue`'),
    place: words(200).optional(),
    responsible: words(100).describe('Who provides it'),
    when: whenSchema,
    audience: z.enum(audiences).describe(audienceMeaning),
    memberIds: z
      .array(z.uuid())
      .max(20)
      .optional()
      .describe('Limits `minors` to these members, all minors if omitted; required for `confidential`'),
    familyPart: words(500).optional().describe("The family's responsibilities"),
    centrePart: words(500).optional().describe("The curator's responsibilities"),
  })
  .meta({ id: 'PlanActivity' })
export type PlannedActivity = z.output<typeof activitySchema>

/**
 * An IPSS as submitted by the centre: goal, tasks, expected results and activities (Stavropol 6.5, 6.13;
 * Chelyabinsk 3.3).
 */
export const planSchema = z
  .strictObject({
    level: z.enum(supportLevels).describe('Level of support: the region limits the length of the plan by it'),
    ...period,
    goal: words(1000),
    tasks: z.array(words(500)).min(1).max(30),
    results: z.array(words(500)).min(1).max(30).describe('Expected results'),
    activities: listOf(activitySchema, maxActivities),
  })
  .meta({ id: 'PlanDocument' })
export type PlanDocument = z.output<typeof planSchema>
