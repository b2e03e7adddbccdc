import { z } from 'zod'
import { type LevelDecision, longestLevelReason } from '#features/levels/decide-level.ts'
import type { LevelProposal } from '#features/levels/propose-level.ts'
import { levelSchema } from '#http/families/family-schemas.ts'
import { regionTexts } from '#regions/index.ts'
import { freeText } from '../free-text.ts'

const codes = Object.values(regionTexts).flatMap(({ levelSigns }) => levelSigns.map(({ code }) => code))

export const signsSchema = z
  .array(z.enum(codes as [string, ...string[]]))
  .max(60)
  .describe(
    "Codes of the signs that were found, of this region's regulation (Stavropol 4.1); other regions have none",
  )

export const levelReasonSchema = freeText(longestLevelReason).describe(
  'Why another level than the signs propose; required then, stored encrypted',
)

export const proposalSchema = z
  .strictObject({
    level: levelSchema.nullable().describe('The highest level of the signs; null: there are none'),
    because: z
      .array(z.strictObject({ sign: z.string(), clause: z.string() }).meta({ id: 'LevelSign' }))
      .describe('The signs that speak for it, with their clause'),
  })
  .meta({ id: 'LevelProposal' })

export const toProposal = (proposal: LevelProposal | null): z.output<typeof proposalSchema> => ({
  level: proposal?.level ?? null,
  because: (proposal?.signs ?? []).map(({ code, clause }) => ({ sign: code, clause })),
})

export const levelDecisionSchema = z
  .strictObject({
    signs: z.array(z.string()),
    proposed: levelSchema.nullable(),
    level: levelSchema,
    reason: z.string().nullable(),
    at: z.iso.datetime(),
    staffId: z.uuid().nullable(),
    apiKeyId: z.uuid().nullable(),
  })
  .meta({ id: 'LevelDecision' })

export const toLevelDecision = ({
  at,
  ...decision
}: LevelDecision): z.output<typeof levelDecisionSchema> => ({
  signs: decision.signs,
  proposed: decision.proposed,
  level: decision.level,
  reason: decision.reason,
  at: at.toISOString(),
  staffId: decision.staffId,
  apiKeyId: decision.apiKeyId,
})
