import { z } from 'zod'
import type { ShownFamily } from '#features/families/office.ts'
import { familyEventKinds, familyStatuses, supportLevels } from '#storage/families.ts'
import { type Member, memberRoles } from '#storage/family-members.ts'

export const levelSchema = z.enum(supportLevels)

export const memberSchema = z
  .strictObject({
    id: z.uuid(),
    role: z.enum(memberRoles),
    joinedAt: z.iso.datetime().nullable().describe('When the link was used; null: not yet'),
  })
  .meta({ id: 'FamilyMember' })

export const familySchema = z
  .strictObject({
    id: z.uuid(),
    number: z.int().describe('As people name it: no. 128'),
    territory: z.string().describe("Code of the region's territory, or `other`"),
    requestId: z.uuid().nullable().describe('The request that it was made of; null: accepted before the bot'),
    curatorId: z.uuid().nullable(),
    level: levelSchema.nullable().describe('Null: not decided yet'),
    stage: z.string().describe("Code of the region's stage"),
    status: z.enum(familyStatuses),
    appliedAt: z.iso.datetime().describe('When support was asked for: terms are counted from then'),
    createdAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    members: z.array(memberSchema).describe('Those who are there'),
    history: z
      .array(
        z
          .strictObject({
            id: z.string(),
            kind: z.enum(familyEventKinds),
            at: z.iso.datetime(),
            detail: z
              .string()
              .nullable()
              .describe("What it came to: a stage, level or version, or a curator's or member's id"),
            apiKeyId: z.uuid().nullable(),
          })
          .meta({ id: 'FamilyEvent' }),
      )
      .describe('In the order in which it happened'),
    revision: z.int().describe('Counts the changes; in quotes it is the ETag: `"3"`'),
  })
  .meta({ id: 'Family' })

export const toMemberShape = ({ id, role, joinedAt }: Member): z.output<typeof memberSchema> => ({
  id,
  role,
  joinedAt: joinedAt?.toISOString() ?? null,
})

/** With the revision that becomes the ETag. */
export const toFamilyShape = ({
  family,
  members,
  events,
}: ShownFamily): { body: z.output<typeof familySchema>; revision: number } => ({
  body: {
    id: family.id,
    number: family.number,
    territory: family.territory,
    requestId: family.requestId,
    curatorId: family.curatorId,
    level: family.level,
    stage: family.stage,
    status: family.status,
    appliedAt: family.appliedAt.toISOString(),
    createdAt: family.createdAt.toISOString(),
    closedAt: family.closedAt?.toISOString() ?? null,
    members: members.map(toMemberShape),
    history: events.map(({ id, kind, at, detail, apiKeyId }) => ({
      id: String(id),
      kind,
      at: at.toISOString(),
      detail,
      apiKeyId,
    })),
    revision: family.revision,
  },
  revision: family.revision,
})
