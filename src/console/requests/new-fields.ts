import { z } from 'zod'
import { cleanText } from '#core/words.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { longestFrom } from '#features/incoming/incoming.ts'
import { applicants, longestStory } from '#features/intake/answers.ts'
import { otherOption } from '#features/intake/questions.ts'
import { readPhone } from '#features/intake/typed/typed-phone.ts'
import { type Appeal, deskGrounds } from '#features/requests/register-appeal.ts'
import { longestWhere } from '#features/requests/register-call.ts'
import { longestAddress } from '#features/requests/request-content.ts'
import { longestReason } from '#features/requests/request-transitions.ts'
import { freeText } from '#http/free-text.ts'
import type { Region } from '#regions/schema.ts'
import { deskSources } from '#storage/requests/requests.ts'

/** An empty field is none. */
const orNone = <S extends z.ZodType>(schema: S) =>
  z.preprocess((given) => (given === '' ? undefined : given), schema.optional())

const said = (most: number) =>
  z.preprocess((given) => cleanText(String(given ?? '')) || undefined, freeText(most).optional())

/** As people dictate it; what cannot be read as a number is refused. */
const phone = z
  .string()
  .default('')
  .transform((text, context) => {
    if (text.trim() === '') return undefined
    const read = readPhone(text)
    const found = read.kind === 'ok' ? read.phone : read.kind === 'ask' ? read.phones[0] : undefined
    if (found === undefined && read.kind !== 'none') context.addIssue('not a number')
    return found
  })

const flag = z
  .literal('1')
  .optional()
  .transform((given) => given === '1')
const day = z.iso.date()
const place = z.string().min(1).max(64)

export const callFields = z.object({
  where: freeText(longestWhere),
  territory: place,
  what: freeText(longestStory),
  phone,
  minor: flag,
})

export const messageFields = z.object({
  from: freeText(longestFrom),
  sender: z.string().min(1).max(64),
  receivedOn: day,
  territory: place,
  words: freeText(longestStory),
})

export const appealFields = z
  .object({
    source: z.enum(deskSources),
    receivedOn: day,
    applicant: z.enum(applicants),
    territory: place,
    words: freeText(longestStory),
    about: said(500),
    name: said(100),
    phone,
    address: said(longestAddress),
    safeToCall: orNone(z.enum(['yes', 'no'])),
    parents: orNone(z.enum(['yes', 'unsafe', 'later'])),
    ground: z.enum(deskGrounds),
    helpKinds: z
      .union([z.string(), z.array(z.string())])
      .default([])
      .transform((given) => [given].flat()),
    urgent: flag,
    urgentReason: said(longestReason),
  })
  .superRefine(({ applicant, about, urgent, urgentReason }, context) => {
    if (applicant === 'other-person' && about === undefined)
      context.addIssue({ code: 'custom', path: ['about'] })
    if (urgent && urgentReason === undefined) context.addIssue({ code: 'custom', path: ['urgentReason'] })
  })

export const isPlace = (region: Region, code: string): boolean =>
  code === otherOption || region.territories.some((one) => one.code === code)

/** Today counts from now, an earlier day from its noon. */
const momentOf = (on: string, { timeZone }: Region, now: Date): Date => {
  const today = dayAt(now, timeZone)
  if (on === today.toString()) return now
  const asked = today.with({
    year: Number(on.slice(0, 4)),
    month: Number(on.slice(5, 7)),
    day: Number(on.slice(8, 10)),
  })
  return new Date(asked.toZonedDateTime({ timeZone, plainTime: '12:00' }).epochMilliseconds)
}

export const appealOf = (fields: z.output<typeof appealFields>, region: Region, now: Date): Appeal => {
  const { name, phone: number, address, safeToCall, parents, applicant } = fields
  return {
    source: fields.source,
    receivedAt: momentOf(fields.receivedOn, region, now),
    ground: fields.ground,
    applicant,
    territory: fields.territory,
    language: 'ru',
    words: fields.words,
    about: fields.about ?? null,
    contact: {
      ...(name !== undefined && { name }),
      ...(number !== undefined && { phone: number }),
      ...(address !== undefined && { address }),
      ...(safeToCall !== undefined && { safeToCall }),
      ...(applicant === 'minor' && parents !== undefined && { parents }),
    },
    helpKinds: fields.helpKinds,
    urgent: fields.urgent ? { reason: fields.urgentReason ?? '' } : null,
  }
}
