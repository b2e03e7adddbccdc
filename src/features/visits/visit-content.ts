import { z } from 'zod'
import type { Sealer } from '#storage/seal.ts'
import type { Visit } from '#storage/visits/visits.ts'

/** Why somebody comes; the words are in locales. */
export const visitPurposes = ['regular', 'home-survey', 'diagnosis', 'plan', 'activity', 'other'] as const
export type VisitPurpose = (typeof visitPurposes)[number]

/** What of a visit is kept sealed. */
const contentSchema = z.strictObject({
  /** Where; null: at the family's home. */
  place: z.string().nullable(),
  /** What to have ready, in the centre's words. */
  note: z.string().nullable(),
  /** Why it was cancelled, for the family's card alone. */
  reason: z.string().optional(),
})
export type VisitContent = z.output<typeof contentSchema>

export const sealVisitContent = (sealer: Sealer, id: string, content: VisitContent): string =>
  sealer.sealJson(content, `visits.content.${id}`)

export const openVisitContent = (
  sealer: Sealer,
  { id, content }: Pick<Visit, 'id' | 'content'>,
): VisitContent => contentSchema.parse(sealer.openJson(content, `visits.content.${id}`))

/** Four digits, bound to the visit and its version: another one after each move. */
export const sealDoorCode = (
  sealer: Sealer,
  { id, version }: Pick<Visit, 'id' | 'version'>,
  code: string,
): string => sealer.seal(code, `visits.door_code.${id}.${version}`)

/** For the family's card and the card of whoever comes, and for nothing else. */
export const openDoorCode = (
  sealer: Sealer,
  { id, version, doorCode }: Pick<Visit, 'id' | 'version' | 'doorCode'>,
): string => sealer.open(doorCode, `visits.door_code.${id}.${version}`)
