import { z } from 'zod'
import { cleanText, countCharacters } from '#core/words.ts'
import { audiences } from '#features/families/audience.ts'
import { helpKinds } from '#regions/schema.ts'
import { supportLevels } from '#storage/families/families.ts'
import { weekdays } from '#storage/staff/staff.ts'

/** The most activities of a plan: more nobody could follow. */
export const maxActivities = 200

/** Words that somebody can read: cleaned, with a letter or a digit in them, `most` characters as people count them. */
const words = (most: number) =>
  z
    .string()
    .overwrite(cleanText)
    .refine((text) => text !== '', 'empty')
    .refine((text) => text === '' || /[\p{L}\p{N}]/u.test(text), 'no word in it')
    .refine((text) => countCharacters(text) <= most, `longer than ${most} characters`)
    .meta({ minLength: 1, maxLength: most })

/** A day by the region's calendar, ISO; a year that is a slip of the finger is none. */
const day = z.iso.date().refine((text) => text >= '2000-01-01' && text < '2100-01-01', 'not of these times')
/** A list that is told to be too long before what is in it is looked at: ten thousand items are one problem, not as many. */
const listOf = <T extends z.ZodType>(item: T, most: number) =>
  z.preprocess((given, { issues }) => {
    if (!Array.isArray(given) || given.length <= most) return given
    issues.push({ code: 'custom', input: given, message: `more than ${most}` })
    return z.NEVER
  }, z.array(item).min(1).max(most))

/** By the region's clock. */
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .describe('`15:00`, by the clock of the region')

const period = { from: day, until: day }

/** When an activity takes place: once, at some time within days, or again and again. */
export const whenSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('once'), on: day, at: time.optional() }),
    z.strictObject({ kind: z.literal('span'), ...period }),
    z.strictObject({
      kind: z.literal('weekly'),
      ...period,
      every: z.int().min(1).max(8).default(1).describe('Every so many weeks'),
      days: z.array(z.enum(weekdays)).min(1).max(7),
      at: time.optional(),
    }),
    z.strictObject({
      kind: z.literal('monthly'),
      ...period,
      every: z.int().min(1).max(12).default(1).describe('Every so many months'),
      day: z.int().min(1).max(31).describe('Of the month; its last day where it is shorter'),
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
      .describe('Names the activity through all versions of the plan'),
    title: words(200).describe('As the IPSS has it'),
    plain: words(400).describe('The same in plain words, as the family reads it first'),
    kind: z.enum(helpKinds).describe('Kind of help'),
    place: words(200).optional(),
    responsible: words(100).describe('Who does it'),
    when: whenSchema,
    audience: z.enum(audiences).describe('For whom: minors never see what is for `adults`'),
    memberIds: z
      .array(z.uuid())
      .max(20)
      .optional()
      .describe('Of `minors`: these alone; all of them unless told'),
    familyPart: words(500).optional().describe("The family's zone of responsibility"),
    centrePart: words(500).optional().describe("The curator's zone of responsibility"),
  })
  .meta({ id: 'PlanActivity' })
export type PlannedActivity = z.output<typeof activitySchema>

/** An IPSS as the centre puts it: goal, tasks, expected results and activities (Stavropol 6.5, 6.13; Chelyabinsk 3.3). */
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
