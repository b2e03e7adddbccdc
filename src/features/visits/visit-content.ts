import { z } from 'zod'
import { erasedText } from '#core/withheld.ts'
import type { Sealer } from '#storage/seal.ts'
import type { Visit } from '#storage/visits/visits.ts'

/** Purposes of visits; their texts are in locales. */
export const visitPurposes = ['regular', 'home-survey', 'diagnosis', 'plan', 'activity', 'other'] as const
export type VisitPurpose = (typeof visitPurposes)[number]

/** The sealed part of a visit. */
const contentSchema = z.strictObject({
  /** Null: at the family's home. */
  place: z.string().nullable(),
  /** What to have ready; written by the centre. */
  note: z.string().nullable(),
  /** Reason of cancellation; shown only on the family's card. */
  reason: z.string().optional(),
})
export type VisitContent = z.output<typeof contentSchema>

export const sealVisitContent = (sealer: Sealer, id: string, content: VisitContent): string =>
  sealer.sealJson(content, `visits.content.${id}`)

export const openVisitContent = (
  sealer: Sealer,
  { id, content }: Pick<Visit, 'id' | 'content'>,
): VisitContent =>
  contentSchema.parse(sealer.openJson(content, `visits.content.${id}`, { place: erasedText, note: null }))

/** Seals the door code, bound to the visit and its version: each move gets another code. */
export const sealDoorCode = (
  sealer: Sealer,
  { id, version }: Pick<Visit, 'id' | 'version'>,
  code: string,
): string => sealer.seal(code, `visits.door_code.${id}.${version}`)

/** Opens the door code. Only for the cards of the family and of the visitor. */
export const openDoorCode = (
  sealer: Sealer,
  { id, version, doorCode }: Pick<Visit, 'id' | 'version' | 'doorCode'>,
): string => sealer.open(doorCode, `visits.door_code.${id}.${version}`)

/** What came of a visit, in words of staff. No card of the family, no calendar and no response to a key shows it. */
export const sealVisitResult = (sealer: Sealer, id: string, result: string): string =>
  sealer.seal(result, `visits.result.${id}`)

/** Null: nobody has said. */
export const openVisitResult = (
  sealer: Sealer,
  { id, result }: Pick<Visit, 'id' | 'result'>,
): string | null => (result === null ? null : sealer.open(result, `visits.result.${id}`))
