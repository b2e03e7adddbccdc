import { z } from 'zod'
import { languages } from '#core/text.ts'
import type { MemberWithLoad } from '#features/staff/staff-api.ts'
import type { Absence } from '#storage/staff/absences.ts'
import { mostIntervals, overlappingDay } from '#features/routing/duty-hours.ts'
import { type DutyDay, type DutyInterval, staffRoles, weekdays } from '#storage/staff/staff.ts'
import { territoryCodes } from '../territory-codes.ts'
import { freeText } from '../free-text.ts'

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 09:00')
const hours = z.array(timeOfDay).length(2)
const byDay = <T extends z.ZodType>(day: T) => {
  const [mon, tue, wed, thu, fri, sat, sun] = weekdays
  const free = day.exactOptional()
  return z.strictObject({
    [mon]: free,
    [tue]: free,
    [wed]: free,
    [thu]: free,
    [fri]: free,
    [sat]: free,
    [sun]: free,
  })
}

const weeklyHours =
  'Start and end in the time zone of the region: `["09:00", "18:00"]`, or several with breaks in between, at most six a day: ' +
  '`[["09:00", "13:00"], ["14:00", "18:00"]]`. A missing day is a day off. An end before the start is on the next day. Intervals do not overlap.'
const dutyHoursSchema = byDay(z.union([hours, z.array(hours)])).meta({
  id: 'DutyHours',
  description: weeklyHours,
})
type GivenDay = (string | string[])[]

/** One interval, or several; each part that is no time is reported at its place. */
const newDay = z
  .array(
    z.union([timeOfDay, z.array(timeOfDay).length(2)], {
      error: 'must be a time of day such as 09:00, or a start and an end',
    }),
  )
  .min(1)
  .max(mostIntervals)
  .superRefine((given: GivenDay, context) => {
    const problem = problemOfDay(given)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })
  .transform((given: GivenDay): DutyDay => {
    const intervals = intervalsIn(given)
    const [first] = intervals
    return first && intervals.length === 1 ? first : intervals
  })

const intervalsIn = (given: GivenDay): DutyInterval[] => {
  const single = given.filter((part) => typeof part === 'string')
  const several = given.filter((part) => typeof part !== 'string')
  return [...(single.length > 0 ? [single] : []), ...several].map(([from = '', until = '']) => [from, until])
}

const problemOfDay = (given: GivenDay): string | null => {
  const single = given.filter((part) => typeof part === 'string').length
  if (single > 0 && (single !== 2 || given.length !== 2))
    return 'must be a start and an end, or a list of these'
  return intervalsIn(given).some(([from, until]) => from === until)
    ? 'must not start and end at the same time'
    : null
}

const newDutyHoursSchema = byDay(newDay)
  .superRefine((given, context) => {
    const day = overlappingDay(given)
    if (day !== null)
      context.addIssue({ code: 'custom', path: [day], message: 'overlaps with another interval' })
  })
  .describe(weeklyHours)

/** For routes that require a key for all territories of the member. */
export const fullReachNote = 'Fails with `not-allowed` if the member also serves territories outside the key.'

/** Fields of a staff member that a caller can set. */
const memberSettings = {
  name: freeText(64)
    .refine((text) => !/[\n\t]/.test(text), 'must be a single line')
    .describe('First name, shown to families'),
  role: z.enum(staffRoles),
  territories: territoryCodes.min(1),
  languages: z
    .array(z.enum(languages))
    .min(1)
    .max(languages.length)
    .transform((all) => [...new Set(all)])
    .describe('Languages that the member speaks with families'),
  minorsTrained: z.boolean().describe('Whether the member is trained to work with minors'),
  capacity: z.int().min(0).max(10_000).nullable().describe('Maximum number of open requests; null: no limit'),
  dutyHours: newDutyHoursSchema.nullable().describe('Null: always on duty'),
}

const { name, role, territories } = memberSettings
const optionalSettings = {
  languages: memberSettings.languages.exactOptional(),
  minorsTrained: memberSettings.minorsTrained.exactOptional(),
  capacity: memberSettings.capacity.exactOptional(),
  dutyHours: memberSettings.dutyHours.exactOptional(),
}

export const newMemberSchema = z.strictObject({ name, role, territories, ...optionalSettings })

export const memberChangesSchema = z.strictObject({
  name: name.exactOptional(),
  role: role.exactOptional(),
  territories: territories.exactOptional(),
  ...optionalSettings,
  active: z.boolean().exactOptional(),
})

const memberShape = {
  id: z.uuid(),
  name: z.string(),
  role: z.enum(staffRoles),
  territories: z.array(z.string()),
  active: z.boolean().describe('Whether the member works here; an inactive member has no access'),
  joined: z.boolean().describe('Whether the member has used the join link'),
  reachable: z.boolean().describe('False if the member has blocked the bot; nothing is routed to them'),
  languages: z.array(z.string()),
  minorsTrained: memberSettings.minorsTrained,
  capacity: memberSettings.capacity,
  dutyHours: dutyHoursSchema.nullable().describe('Null: always on duty'),
  open: z.int().describe('Number of open requests, assigned or claimed'),
  openUrgent: z.int().describe('Number of urgent ones among them'),
  lastAssignedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  revision: z.int().describe('Number of changes; in quotes it is the ETag: `"3"`'),
}

export const memberSchema = z.strictObject(memberShape).meta({ id: 'StaffMember' })

export const absenceSchema = z
  .strictObject({ id: z.uuid(), from: z.iso.datetime(), until: z.iso.datetime() })
  .meta({ id: 'Absence' })

export const memberWithAbsencesSchema = z
  .strictObject({
    ...memberShape,
    absences: z.array(absenceSchema).describe('Current and future absences, earliest first'),
  })
  .meta({ id: 'StaffMemberWithAbsences' })

const linkShape = {
  link: z.url().describe('One-time link to join the bot; returned only once'),
  expiresAt: z.iso.datetime(),
}
export const linkSchema = z.strictObject(linkShape).meta({ id: 'StaffLink' })
export const invitationSchema = z
  .strictObject({ member: memberSchema, ...linkShape })
  .meta({ id: 'StaffInvitation' })

export const toMember = ({
  personId,
  unreachableSince,
  lastAssignedAt,
  createdAt,
  role,
  administers: _,
  ...rest
}: MemberWithLoad): z.output<typeof memberSchema> => ({
  ...rest,
  role,
  joined: personId !== null,
  reachable: unreachableSince === null,
  lastAssignedAt: lastAssignedAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
})

export const toAbsence = ({ id, from, until }: Absence): z.output<typeof absenceSchema> => ({
  id,
  from: from.toISOString(),
  until: until.toISOString(),
})
