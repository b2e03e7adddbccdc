import { z } from 'zod'
import { addresses, languages } from '#core/text.ts'
import { answersSchema } from '#features/intake/answers.ts'
import type { ScreenState } from './registry.ts'

/** How many updates a session remembers: more than Telegram has under way for one person. */
export const mostSeen = 8

/** What is on a person's screen now, kept 48 h; losing it costs a fresh menu. `screen`: the states of all screens. */
export const sessionSchemaOf = (screen: z.ZodType<ScreenState>) =>
  z.object({
    v: z.literal(1),
    language: z.enum(languages).optional(),
    screen: screen,
    /** Where the person was before they looked aside (help, language, status …): what Back leads to, ticks and all. */
    before: screen.optional(),
    /** The update that put the crisis card on the screen: later words are no answer to the question under it. */
    crisis: z.number().optional(),
    /** Counts the cards: a button of an earlier one never answers the current question. */
    revision: z.number().int().min(0),
    /** The live card shows somebody's words: it does not stay behind when the next card comes. */
    confidential: z.boolean().optional(),
    /** The live card shows a picture: its key. It does not stay behind either. */
    picture: z.string().max(200).optional(),
    /** The message that is the live card, in the channel's own numbering. */
    cardId: z.number().int().optional(),
    /** When the person last did something (ms). */
    lastInput: z.number().optional(),
    /** The last updates whose card was drawn. */
    seen: z.array(z.number()).max(mostSeen).optional(),
    /** The card could not be shown as it is now; a redraw of it is under way. */
    undrawn: z.literal(true).optional(),
    /** What was to be sent beside the card was not: the redraw says so. */
    unsent: z.literal(true).optional(),
    /** Revision of the draft that the screen was made of. */
    draft: z.number().int().optional(),
    /** The message that carries the «share my phone» keyboard. */
    contactHintId: z.number().int().optional(),
    /** How to speak to somebody of whom nothing is stored: a child stays a child after a refusal. */
    address: z.enum(addresses).optional(),
    /** Which of their families the person looks at; absent: the first. */
    familyId: z.uuid().optional(),
    /** Answers before the first consent: they live here only, and are stored nowhere else. */
    answers: answersSchema.optional(),
  })

export type Session = z.infer<ReturnType<typeof sessionSchemaOf>>

export const newSession = (): Session => ({ v: 1, screen: { name: 'home' }, revision: 0 })
