import { z } from 'zod'
import { attachedFile } from '#features/messages/message-files.ts'

/** Version of the questionnaire; a draft of another version is upgraded or restarted. */
export const questionnaireVersion = 1

/** Maximum length of the story, in code points: several messages of Telegram. */
export const longestStory = 16_000
/** The most voice messages, photos and documents of a story. */
export const mostStoryFiles = 30

const codes = z
  .array(z.string().regex(/^[a-z0-9-]+$/))
  .min(1)
  .max(60)
const yesNo = z.enum(['yes', 'no'])

/** A consent in a draft: the exact text, its language and form of address, and the time. */
export const givenConsent = z.object({
  given: z.boolean(),
  version: z.string(),
  textHash: z.string(),
  language: z.enum(['ru', 'en']),
  address: z.enum(['adult', 'minor']),
  at: z.iso.datetime(),
})
export type GivenConsent = z.infer<typeof givenConsent>

export const safeContacts = ['both', 'write', 'call', 'none'] as const
export const sightings = ['today', 'week', 'earlier', 'often', 'unknown'] as const
export const applicants = ['parent', 'representative', 'minor', 'other-person'] as const

/** Every answer of the questionnaire, as stored. `null` means asked and left empty. */
export const answersSchema = z
  .object({
    applicant: z.enum(applicants),
    /** The short way: only what is needed to send, see `shortWay` in questions.ts. */
    short: z.literal(true),
    representative: z.string(),
    /** ISO date. */
    birthDate: z.iso.date(),
    personalData: givenConsent,
    danger: z.enum(['now', 'no', 'unknown']),
    territory: z.string(),
    territoryWords: z.string().min(1).max(200),
    /** Of whom somebody outside of the family writes: an address, a name, whatever they know. */
    whichFamily: z.string().min(1).max(500),
    /** When they saw it. */
    seenWhen: z.enum(sightings),
    categories: codes,
    circumstances: codes,
    helpKinds: codes,
    /** Years of birth, one per child; empty if a child is expected. */
    children: z.array(z.number().int()).max(20).nullable(),
    ownWords: z.string().min(1).nullable(),
    /** What was sent with the story, or instead of it; twice as many, if what was held before it began was full, too. */
    ownFiles: z.array(attachedFile).max(mostStoryFiles * 2),
    name: z.string().min(1).max(100),
    /** `telegram-only`, or a number in E.164. */
    phone: z.string().regex(/^(telegram-only|\+\d{7,15})$/),
    hours: codes,
    /** How it is safe to get in touch; the next two follow from it, see `safe-contact.ts`. */
    safeContact: z.enum(safeContacts),
    safeToCall: yesNo,
    safeToWrite: yesNo,
    /** Whether the family may learn who wrote of them. */
    mayName: yesNo,
    parents: z.enum(['yes', 'unsafe', 'later']),
    supportRequest: givenConsent,
    dataSharing: givenConsent,
    /** Questions that were left for the specialist, see `later` in questions.ts. */
    skipped: z.array(z.string().max(40)).max(40),
  })
  .partial()

export type Answers = z.infer<typeof answersSchema>
/** Answers that have a question of their own; files belong to the story. */
export const questionIdSchema = answersSchema.omit({ ownFiles: true, short: true, skipped: true }).keyof()
export type QuestionId = z.infer<typeof questionIdSchema>
