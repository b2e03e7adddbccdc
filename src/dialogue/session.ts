import { z } from 'zod'
import { messageIdSchema } from '#core/channel.ts'
import { addresses, languages } from '#core/text.ts'
import { dangerKinds } from '#features/danger/danger-kinds.ts'
import { answersSchema } from '#features/intake/answers.ts'
import type { ScreenState } from './registry.ts'

/** How many inputs a session remembers: more than a channel has under way for one person. */
export const mostSeen = 8

/** The state of a person's screen, kept for 48 h; losing it costs a fresh menu. `screen`: the union of all states. */
export const sessionSchemaOf = (screen: z.ZodType<ScreenState>) =>
  z.object({
    v: z.literal(1),
    language: z.enum(languages).optional(),
    screen: screen,
    /** The screen before a detour (help, language, status …), to which Back returns, ticks included. */
    before: screen.optional(),
    /** `order` of the input that put the crisis card on the screen: later words do not answer the question under it. */
    crisis: z.number().optional(),
    /** The crisis card covers the screen, because of words of these kinds. The words themselves are not kept here. */
    heard: z.array(z.enum(dangerKinds)).optional(),
    /** What was written under a menu and nobody has read: it goes with the short way, or is deleted with the next card. */
    said: z.string().max(5000).optional(),
    /** Counts the cards: a button of an earlier one never answers the current question. */
    revision: z.number().int().min(0),
    /** The live card shows somebody's words, so it is deleted when the next card is sent. */
    confidential: z.boolean().optional(),
    /** Key of the picture on the live card, which is deleted with the next card, too. */
    picture: z.string().max(200).optional(),
    /** The message that is the live card. */
    cardId: messageIdSchema.optional(),
    /** Time of the person's last input (ms). */
    lastInput: z.number().optional(),
    /** Ids of the last inputs whose card was drawn; numbers in sessions from before ADR 30. */
    seen: z
      .array(z.union([z.string(), z.number().transform(String)]))
      .max(mostSeen)
      .optional(),
    /** The card was not drawn: a redraw is queued, or the next input draws it, `below` as a new message. */
    undrawn: z.union([z.literal(true), z.literal('below')]).optional(),
    /** An attachment could not be sent; the redraw says so. */
    unsent: z.literal(true).optional(),
    /** The person refused to be known: the session is deleted as soon as the card that says so is drawn. */
    forget: z.literal(true).optional(),
    /** Revision of the draft from which the screen was drawn. */
    draft: z.number().int().optional(),
    /** The message that carries the «share my phone» keyboard. */
    contactHintId: messageIdSchema.optional(),
    /** Form of address for somebody who is not stored: a child is still addressed as a child after a refusal. */
    address: z.enum(addresses).optional(),
    /** The family that the person has chosen; absent for the first. */
    familyId: z.uuid().optional(),
    /** Answers before the first consent: they live here only, and are stored nowhere else. */
    answers: answersSchema.optional(),
  })

export type Session = z.infer<ReturnType<typeof sessionSchemaOf>>

/** What is left of a deleted session: which card is on the screen and how it addresses the person; nothing they said. */
export const forgotten = ({
  v,
  screen,
  revision,
  language,
  address,
  cardId,
  seen,
  undrawn,
  forget,
}: Session): Session => ({
  v,
  screen,
  revision,
  ...(language && { language }),
  ...(address && { address }),
  ...(cardId && { cardId }),
  ...(seen && { seen }),
  ...(undrawn && { undrawn }),
  ...(forget && { forget }),
})

export const newSession = (): Session => ({ v: 1, screen: { name: 'home' }, revision: 0 })
