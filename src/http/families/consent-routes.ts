import { z } from 'zod'
import { familyForCaller, lockFamilyForCaller } from '#features/families/families-api.ts'
import { consentKinds as textKinds } from '#features/consents/consent-text.ts'
import { consentsOfFamily, type MemberRecord, mustBeOf } from '#features/consents/family-consents.ts'
import { papersMissing, type PapersMissing } from '#features/consents/papers-missing.ts'
import { checkRepresentative, longestDetails } from '#features/consents/representative-checks.ts'
import { maxScanBytesOfApi } from '#features/consents/scan-file.ts'
import { signPaper } from '#features/consents/sign-paper.ts'
import { specialKinds } from '#regions/special-categories.ts'
import { consentKinds, consentWays } from '#storage/consents/consents.ts'
import { authorityPapers } from '#storage/consents/papers.ts'
import { memberRoles } from '#storage/families/family-members.ts'
import { freeText } from '../free-text.ts'
import { isoDay } from '../iso-day.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const params = z.strictObject({ id: z.uuid() })
const memberId = z.uuid().describe('A current member of the family')

const consentSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(consentKinds),
    version: z.string().describe('Day on which the wording took effect'),
    textHash: z.string().describe('SHA-256 of the exact text'),
    how: z.enum(consentWays),
    givenAt: z.iso.datetime().describe('Of a paper: when it was recorded'),
    signedOn: z.iso.date().nullable(),
    forMemberId: z.uuid().nullable().describe('The child that a representative signed for'),
    withdrawnAt: z.iso.datetime().nullable(),
    scanned: z.boolean().describe('Whether the paper is kept as a scan'),
  })
  .meta({ id: 'RegisteredConsent' })

const checkSchema = z
  .strictObject({
    id: z.uuid(),
    paper: z.enum(authorityPapers),
    details: z.string().nullable().describe('Number and issuer'),
    seenOn: z.iso.date(),
    staffId: z.uuid().nullable().describe('Who saw it; null: a system of the centre'),
  })
  .meta({ id: 'RepresentativeCheck' })

const registrySchema = z
  .strictObject({
    members: z.array(
      z.strictObject({
        memberId: z.uuid(),
        role: z.enum(memberRoles),
        consents: z.array(consentSchema).describe('Oldest first'),
        checks: z.array(checkSchema).describe('Of their authority as a representative, latest first'),
      }),
    ),
    missing: z.strictObject({
      signature: z
        .array(z.enum(specialKinds))
        .describe('Special categories that are recorded without a signature'),
      authority: z.int().describe('Representatives whose authority nobody has checked'),
      unanswered: z
        .array(
          z.strictObject({
            memberId: z.uuid(),
            version: z.string(),
            until: z.iso.date(),
            overdue: z.boolean(),
          }),
        )
        .describe('Who has not answered a new wording; the earlier consent stands'),
    }),
  })
  .meta({ id: 'FamilyConsents' })

const isoOf = (day: Date): string => day.toISOString().slice(0, 10)

const toShape = (
  records: readonly MemberRecord[],
  missing: PapersMissing,
): z.output<typeof registrySchema> => ({
  members: records.map(({ member, consents, checks }) => ({
    memberId: member.id,
    role: member.role,
    consents: consents.map((one) => ({
      ...{ id: one.id, kind: one.kind, version: one.version, textHash: one.textHash, how: one.how },
      ...{ forMemberId: one.forMemberId, scanned: one.scanned, givenAt: one.givenAt.toISOString() },
      signedOn: one.signedOn && isoOf(one.signedOn),
      withdrawnAt: one.withdrawnAt?.toISOString() ?? null,
    })),
    checks: checks.map(({ id, paper, details, seenOn, staffId }) => ({
      ...{ id, paper, details, staffId },
      seenOn: isoOf(seenOn),
    })),
  })),
  missing: {
    ...missing,
    unanswered: missing.unanswered.map(({ role: _, ...one }) => one),
  },
})

/** The registry of consents of a family, and what is recorded of its papers. */
export const serveConsents = (api: Api): void => {
  const { database, sealer, region } = api.deps
  const rules = () => ({ sealer, region, consents: api.deps.consents() })

  readRoute(
    api,
    'GET /families/:id/consents',
    'families:details',
    {
      operationId: 'listFamilyConsents',
      tag: 'Families',
      summary: "Lists the consents of a family's members, and which papers are missing",
      description:
        'For staff only: never show a parent what a minor has agreed to. Nothing that is missing holds up help. Every call is audited as `consents.opened`.',
      params,
      answer: registrySchema,
      audited: true,
    },
    async ({ caller, params: { id }, now }) => {
      const by = { apiKeyId: caller.keyId }
      const family = await familyForCaller(database, { caller, id })
      const records = await database.transaction((tx) => consentsOfFamily(tx, sealer, { family, by, now }))
      return { body: toShape(records, await papersMissing(database, rules(), { family, by, now })) }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/consents',
    'families:write',
    {
      operationId: 'recordSignedConsent',
      tag: 'Families',
      summary: 'Records consents that a member has signed on paper',
      description:
        'One consent for each of `kinds`, for the member and for each child in `forMembers`. The wording is the one that was in force on `signedOn`. The same ' +
        'paper again adds nothing. `special-categories` is the consent to facts about health (152-FZ, art. 10, part 2, point 1). Audited as `consents.changed`.',
      params,
      body: z.strictObject({
        memberId,
        kinds: z.array(z.enum(textKinds)).min(1).max(textKinds.length),
        forMembers: z.array(z.uuid()).max(20).default([]).describe('Minors of the family; of an adult only'),
        signedOn: isoDay.describe('Today or earlier'),
        scan: z
          .base64()
          .max(Math.ceil(maxScanBytesOfApi / 3) * 4)
          .optional()
          .describe('PDF, JPEG or PNG, base64; stored encrypted. Larger scans are added in the console'),
      }),
      status: 201,
      answer: z
        .strictObject({ paperId: z.uuid(), added: z.int().describe('How many consents are new') })
        .meta({ id: 'SignedPaper' }),
    },
    async (tx, { caller, params: { id }, body, now }) => {
      await lockFamilyForCaller(tx, { caller, id })
      const { memberId: signer, kinds, forMembers, signedOn, scan } = body
      await mustBeOf(tx, id, signer)
      const paper = {
        ...{ signer: { memberId: signer }, kinds, forMembers, signedOn },
        scan: scan === undefined ? undefined : Buffer.from(scan, 'base64'),
      }
      const { paperId, added } = await signPaper(tx, rules(), { paper, by: { apiKeyId: caller.keyId }, now })
      return { body: { paperId, added } }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/representative-checks',
    'families:write',
    {
      operationId: 'recordRepresentativeCheck',
      tag: 'Families',
      summary: 'Records by which paper an adult represents the children',
      description:
        'The operator checks the authority of whoever consents for somebody else (152-FZ, art. 9, part 1). Audited as `consents.changed`.',
      params,
      body: z.strictObject({
        memberId: memberId.describe('An adult of the family'),
        paper: z.enum(authorityPapers),
        details: freeText(longestDetails).optional().describe('Number and issuer; stored encrypted'),
        seenOn: isoDay.describe('Today or earlier'),
      }),
      status: 204,
    },
    async (tx, { caller, params: { id }, body, now }) => {
      await lockFamilyForCaller(tx, { caller, id })
      await mustBeOf(tx, id, body.memberId)
      const { paper, seenOn, details = null } = body
      const by = { apiKeyId: caller.keyId }
      const signer = { memberId: body.memberId }
      await checkRepresentative(tx, rules(), { signer, check: { paper, details, seenOn }, by, now })
      return { body: undefined }
    },
  )
}
