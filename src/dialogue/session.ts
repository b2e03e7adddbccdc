import { z } from 'zod'
import { messageIdSchema } from '#core/channel.ts'
import { addresses, languages } from '#core/text.ts'
import { dangerKinds } from '#features/danger/danger-kinds.ts'
import { dangerMoments } from '#features/danger/moment.ts'
import { answersSchema, longestStory, mostStoryFiles } from '#features/intake/answers.ts'
import { attachedFile } from '#features/messages/message-files.ts'
import { heavyTopics } from '#features/words/heavy-topics.ts'
import type { ScreenState } from './registry.ts'

/** How many inputs a session remembers: more than a channel has under way for one person. */
const mostSeen = 8

/** How many lines an undrawn card may owe. */
export const mostNotices = 6

/** How many messages of somebody who is not stored are remembered. */
export const mostSent = 300

/** What somebody said before they agreed to be known, in the order of saying. */
const heldSchema = z.object({
  text: z.string().max(longestStory * 2),
  files: z.array(attachedFile).max(mostStoryFiles),
})

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
    /** Its first steps are those of this moment. */
    moment: z.enum(dangerMoments).optional(),
    /** The talk is about danger: of what kinds it was last spoken, in what moment, and when (ms). */
    danger: z
      .object({
        kinds: z.array(z.enum(dangerKinds)),
        at: z.number(),
        moment: z.enum(dangerMoments).optional(),
        others: z.enum(['seen', 'friend']).optional(),
      })
      .optional(),
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
    /** The message that first showed the question on the screen: what was sent before it answers another. */
    since: messageIdSchema.optional(),
    /** `order` of the input that brought the question: what came before it was not meant for it. */
    turned: z.number().optional(),
    /** Lines that stand above the next card and have not been drawn yet. */
    notices: z.array(z.string().max(1000)).max(mostNotices).optional(),
    /** The message that shares the person's position, to which family's curator, and when a place was written down. */
    live: z.object({ messageId: messageIdSchema, familyId: z.uuid().nullable(), at: z.number() }).optional(),
    /** Words of somebody who has not agreed to be known: they live here only. */
    held: heldSchema.optional(),
    /** The screen whose text was answered last: what follows at once belongs to that answer. */
    answered: z.object({ screen, at: z.number() }).optional(),
    /** Whose reading was last said in full, on which screen, and when: what follows at once gets a short line. */
    told: z.object({ readers: z.string().max(64), screen: z.string().max(64), at: z.number() }).optional(),
    /** What hard thing the person was last answered about: it is not said twice. */
    answeredTopic: z.enum(heavyTopics).optional(),
    /** Of a member of staff: the request whose card they used beside the live card, and when (ms). */
    acted: z.object({ requestId: z.uuid(), at: z.number() }).optional(),
    /** The person has hidden the chat. */
    hidden: z.literal(true).optional(),
    /** They have been told what hiding does. */
    hideExplained: z.literal(true).optional(),
    /** What stands in the chat of somebody who is not stored, and since when (ms): ids of both sides, for 48 hours. */
    sent: z
      .array(z.object({ id: messageIdSchema, at: z.number() }))
      .max(mostSent)
      .optional(),
    /** The message that carries the «share my phone» keyboard. */
    contactHintId: messageIdSchema.optional(),
    /** Form of address for somebody who is not stored: a child is still addressed as a child after a refusal. */
    address: z.enum(addresses).optional(),
    /** The token of an invitation into a family that was opened and not answered yet: its card is one tap from the menu. */
    invited: z.string().max(64).optional(),
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
  sent,
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
  // So that what was said can still be deleted from the screen.
  ...(sent && { sent }),
})

/**
 * Whether a copy of a session that its store has lost may be used again. Not what somebody said, or which link they opened,
 * before they agreed to anything: they may have refused since, at another process.
 */
export const mayComeBack = ({ answers, held, forget, screen, before, invited }: Session): boolean =>
  answers === undefined &&
  invited === undefined &&
  held === undefined &&
  forget === undefined &&
  ![screen.name, before?.name].some((name) => name === 'join' || name === 'together-join')

/** Names the card on the screen, as every instance reads it; undefined if none is known. */
export const cardOf = ({ cardId, revision }: Session): string | undefined =>
  cardId === undefined ? undefined : `${cardId}.${revision}`

/**
 * A second delivery of an input whose card is on the screen. The session is written after the card was drawn, so an input
 * that it remembers needs no drawing, unless its card was left to an input behind it (`undrawn`). An input that it has
 * forgotten is recognised by the database.
 */
export const seenBefore = ({ seen = [] }: Session, { id }: { id: string }): boolean => seen.includes(id)

export const remember = (session: Session, { id }: { id: string }) => {
  session.seen = [...(session.seen ?? []), id].slice(-mostSeen)
}

export const newSession = (): Session => ({ v: 1, screen: { name: 'home' }, revision: 0 })
