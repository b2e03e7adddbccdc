import { z } from 'zod'
import { type CaseNeed, holdsOn, type KnownNeeds, mainCategoryOn } from '#features/needs/case-needs.ts'
import { needFinders, needKinds } from '#storage/needs/case-needs.ts'

const days = {
  since: z.iso.date().describe('Its first day'),
  until: z.iso.date().nullable().describe('Its last day; null: it goes on'),
  withdrawn: z.boolean().describe('It never was'),
}

export const needSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(needKinds),
    code: z.string(),
    ...days,
    foundBy: z.enum(needFinders),
    holds: z.boolean(),
    main: z.boolean().describe('Of the categories that hold, exactly one is the main one'),
    versions: z
      .array(
        z
          .strictObject({
            ...days,
            reason: z.string().nullable().describe('Why it was corrected'),
            at: z.iso.datetime(),
            staffId: z.uuid().nullable(),
            apiKeyId: z.uuid().nullable(),
          })
          .meta({ id: 'FamilyNeedVersion' }),
      )
      .describe('Oldest first'),
  })
  .meta({ id: 'FamilyNeed' })

export const needsSchema = z.strictObject({ items: z.array(needSchema) }).meta({ id: 'FamilyNeeds' })

export const toNeed = (
  need: CaseNeed,
  { day, ...known }: KnownNeeds & { day: string },
): z.output<typeof needSchema> => ({
  id: need.needId,
  kind: need.kind,
  code: need.code,
  since: need.since,
  until: need.until,
  withdrawn: need.withdrawn,
  foundBy: need.foundBy,
  holds: holdsOn(need, day),
  main: mainCategoryOn(known, day)?.needId === need.needId,
  versions: need.versions.map(({ since, until, withdrawn, reason, at, staffId, apiKeyId }) => ({
    ...{ since, until, withdrawn, reason, at: at.toISOString(), staffId, apiKeyId },
  })),
})

export const toNeeds = (known: KnownNeeds, day: string): z.output<typeof needsSchema> => ({
  items: known.needs.map((need) => toNeed(need, { ...known, day })),
})
