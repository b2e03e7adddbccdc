import { z } from 'zod'
import { auditFamily, lockFamilyForCaller } from '#features/families/families-api.ts'
import { addMember } from '#features/families/member-facts.ts'
import {
  endMembership,
  inviteToFamily,
  type MemberLink,
  replacesAccount,
} from '#features/families/members.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { memberRoles } from '#storage/families/family-members.ts'
import { memberFacts } from '../facts-schema.ts'
import { type Api, type Call, writeRoute } from '../staff-route.ts'
import { mustReadMessages } from './account-routes.ts'
import {
  acknowledgementSchema,
  memberSchema,
  safetyFactSchema,
  toMemberShape,
  toSafetyFact,
} from './family-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const memberParams = z.strictObject({ id: z.uuid(), memberId: z.uuid() })

const pictures = ['qr', 'handout'] as const
const withPictures = z
  .array(z.enum(pictures))
  .max(pictures.length)
  .optional()
  .describe('Additional representations of the link: a QR code, a printable page')

const linkSchema = z
  .strictObject({
    member: memberSchema,
    link: z.string().describe("For this member alone: never show a minor's link to an adult of the family"),
    expiresAt: z.iso.datetime(),
    warning: z.array(safetyFactSchema).describe('The safety facts that spoke against this link'),
    qr: z.base64().optional().describe('If requested: the link as a QR code, PNG in base64'),
    handout: z
      .base64()
      .optional()
      .describe('If requested: a printable page for the family, A4, PDF in base64'),
  })
  .meta({ id: 'FamilyMemberLink' })

export const serveFamilyMembers = (api: Api): void => {
  writeRoute(
    api,
    'POST /families/:id/members',
    'families:write',
    {
      operationId: 'addFamilyMember',
      tag: 'Families',
      summary: 'Adds a family member and creates a one-time link to join the bot',
      description:
        'The link works once, within 14 days. A handout is in the language of `Accept-Language`. An adult needs an ' +
        '`acknowledgement` if a minor of the family said that contact through the parents is unsafe; otherwise the call fails ' +
        'with `safety-unacknowledged`. The reason is kept and audited as `family.safety-override`.',
      params,
      body: z.strictObject({
        role: z.enum(memberRoles),
        ...memberFacts,
        with: withPictures,
        acknowledgement: acknowledgementSchema.optional(),
      }),
      status: 201,
      answer: linkSchema,
      localized: true,
    },
    async (tx, call) => {
      const {
        deps,
        caller,
        params: { id },
        body: { role, name, phone, address, with: wanted, acknowledgement },
        now,
      } = call
      const family = await lockFamilyForCaller(tx, { caller, id })
      const { id: memberId } = await addMember(tx, deps, {
        family,
        role,
        name,
        contact: { ...(phone && { phone }), ...(address && { address }) },
        now,
      })
      const invited = await invite(tx, call, { family, memberId, acknowledgement })
      return { body: await toLink(call, invited, wanted) }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/members/:memberId/link',
    'families:write',
    {
      operationId: 'renewFamilyMemberLink',
      tag: 'Families',
      summary: 'Creates a new join link for a family member',
      description:
        'For a lost link, a new phone or another Telegram account. Earlier links stop working at once. When the link is ' +
        'used, the new account becomes the member, and the previous account loses access and is told. What is older stays ' +
        'hidden from the new account until `decideFamilyMemberAccount`. For a member who has had an account the key also ' +
        'needs `messages:read`, and an `acknowledgement` if `safety` holds a fact that speaks against it: of a minor any fact ' +
        "of the family, of an adult their own or a minor's `parents-unsafe`.",
      params: memberParams,
      body: z.strictObject({ with: withPictures, acknowledgement: acknowledgementSchema.optional() }),
      status: 201,
      answer: linkSchema,
      localized: true,
    },
    async (tx, call) => {
      const {
        caller,
        params: { id, memberId },
        body,
      } = call
      const family = await lockFamilyForCaller(tx, { caller, id })
      if (await replacesAccount(tx, { family, memberId })) mustReadMessages(caller)
      const invited = await invite(tx, call, { family, memberId, acknowledgement: body.acknowledgement })
      return { body: await toLink(call, invited, body.with) }
    },
  )

  writeRoute(
    api,
    'DELETE /families/:id/members/:memberId',
    'families:write',
    {
      operationId: 'removeFamilyMember',
      tag: 'Families',
      summary: 'Removes a family member',
      description: 'Access ends at once. Messages and answers stay with the family.',
      params: memberParams,
      status: 204,
    },
    async (tx, { deps, caller, params: { id, memberId }, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      await endMembership(tx, deps, { family, memberId, by: { apiKeyId: caller.keyId }, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return { body: undefined }
    },
  )
}

const invite = async (
  tx: Tx,
  { deps, caller, now }: Pick<Call<never, never, never>, 'deps' | 'caller' | 'now'>,
  given: { family: Family; memberId: string; acknowledgement: { reason: string } | undefined },
): Promise<MemberLink> => {
  const { family, memberId, acknowledgement } = given
  const how = { sealer: deps.sealer, botUsername: deps.botUsername(), now }
  const by = { apiKeyId: caller.keyId }
  const invited = await inviteToFamily(tx, how, { family, memberId, reason: acknowledgement?.reason, by })
  await auditFamily(tx, { caller, id: family.id, now }, 'family.changed')
  return invited
}

const toLink = async (
  { deps, say, now }: Pick<Call<never, never, never>, 'deps' | 'say' | 'now'>,
  { member, link, expiresAt, warning }: MemberLink,
  wanted: readonly (typeof pictures)[number][] = [],
): Promise<z.output<typeof linkSchema>> => {
  const { timeZone } = deps.region
  const minor = member.role === 'minor'
  const facts = { link, expiresAt, organisation: deps.organisation(), timeZone, minor, now }
  return {
    member: toMemberShape(member),
    link,
    expiresAt: expiresAt.toISOString(),
    warning: warning.map(toSafetyFact),
    ...(wanted.includes('qr') && { qr: inBase64(await (await paper()).invitationQr(link)) }),
    ...(wanted.includes('handout') && {
      handout: inBase64(await (await paper()).invitationHandout(say, facts)),
    }),
  }
}

const inBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Loaded on first use, because the QR and PDF libraries are large. */
const paper = () => import('#features/families/invitation-handout.ts')
