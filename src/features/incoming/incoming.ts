import { z } from 'zod'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { IncomingSource, Region } from '#regions/schema.ts'
import type { IncomingStep, StoredIncoming } from '#storage/incoming/incoming.ts'
import { erasedText } from '#core/withheld.ts'
import type { Sealer } from '#storage/seal.ts'

// A message about a family from somebody else than who applies. Families never see one: no module that shows something to a
// member may import this context.

/** Maximum length of from whom a message is, in characters. */
export const longestFrom = 500

/** What came earlier than this before it is written down is a typing error. */
const longestDelayDays = 366

const contentSchema = z.strictObject({ from: z.string(), words: z.string() })
export type IncomingContent = z.infer<typeof contentSchema>

const erased: IncomingContent = { from: erasedText, words: erasedText }

export const sealIncoming = (sealer: Sealer, id: string, content: IncomingContent): string =>
  sealer.sealJson(content, `incoming_appeals.content.${id}`)

export const openIncoming = (
  sealer: Sealer,
  { id, content }: Pick<StoredIncoming, 'id' | 'content'>,
): IncomingContent => contentSchema.parse(sealer.openJson(content, `incoming_appeals.content.${id}`, erased))

export const reasonPlace = (id: string): string => `incoming_steps.reason.${id}`

/** What became of a message. A later step of a kind replaces an earlier one. Pure. */
export type IncomingState = {
  familyId: string | null
  requestId: string | null
  /** Sealed words; null: nobody said that it was not confirmed, or the family was found since. */
  unconfirmed: string | null
}

export const stateOfIncoming = (steps: readonly IncomingStep[]): IncomingState => {
  const last = (kind: IncomingStep['kind']) => steps.findLast((step) => step.kind === kind)
  const verdict = steps.at(-1)
  return {
    familyId: last('family')?.familyId ?? null,
    requestId: last('request')?.requestId ?? null,
    unconfirmed: verdict?.kind === 'unconfirmed' ? verdict.reason : null,
  }
}

/** Those that staff write down as a message: an application has its own way, because it starts the terms. */
export const messageSources = ({ sources }: Region): readonly IncomingSource[] =>
  sources.filter(({ startsTerms }) => !startsTerms)

/** Whether a message can have come on this day: not later than today in the region, and not more than a year ago. */
export const canHaveCome = (on: string, { timeZone }: Region, now: Date): boolean => {
  const today = dayAt(now, timeZone)
  return on <= today.toString() && on >= today.subtract({ days: longestDelayDays }).toString()
}

/** A day as a date column holds it. */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`)
