import { z } from 'zod'
import { cleanText, countCharacters } from '#core/words.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { memberForStaff } from '#features/families/account-for-staff.ts'
import { mustBeActive } from '#features/families/active.ts'
import { familyForStaff, familyNames, type Invitee, inviteForStaff } from '#features/families/caseload.ts'
import { memberRoles } from '#storage/families/family-members.ts'
import { ofFamily } from './family-link.ts'
import { readSafety } from './read-safety.ts'
import {
  addMemberView,
  inviteReasons,
  inviteReasonView,
  inviteView,
  memberLinkView,
  replaceReasons,
} from './staff-family-invite-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-invite': z.infer<typeof familyInviteState>
    'family-add': z.infer<typeof familyAddState>
    'family-invite-why': z.infer<typeof familyInviteWhyState>
  }
  interface Links {
    'f-invite': 'family-invite'
  }
}

const longestName = 100

const familyInviteState = z.object({ familyId: z.uuid() })

/** Asks whom to invite. The buttons show names, so every access is audited. */
export const familyInviteScreen = defineScreen({
  name: 'family-invite',
  state: familyInviteState,
  aside: true,
  links: { 'f-invite': ofFamily((familyId) => ({ name: 'family-invite', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async (turn, { familyId }) => {
    const { deps, who, now, builder } = turn
    const of = { staff: who?.staff, familyId, now }
    const found = await deps.database.transaction((tx) => familyNames(tx, deps.sealer, of))
    mustBeActive(found.family)
    const { timeZone } = deps.region
    return inviteView(builder, { ...found, safety: await readSafety(turn, familyId), timeZone, now })
  },
  tap: (turn, { familyId }, tap) => {
    const role = memberRoles.find((one) => one === tap.arg)
    if (tap.action === 'tick' && role) return { to: { name: 'family-add', familyId, role } }
    const memberId = tap.action === 'set' ? z.uuid().safeParse(tap.arg).data : undefined
    return memberId ? invite(turn, familyId, { memberId }) : null
  },
})

const familyAddState = z.object({
  familyId: z.uuid(),
  role: z.enum(['parent', 'representative', 'minor']),
  problem: z.literal('name-too-long').optional(),
})

/** Asks for a new member's name, which is stored sealed. */
export const familyAddScreen = defineScreen({
  name: 'family-add',
  state: familyAddState,
  aside: true,
  varies: ['problem'],
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async ({ deps, who, now, builder }, { familyId, role, problem }) => {
    mustBeActive(await familyForStaff(deps.database, { staff: who?.staff, familyId, now }))
    return addMemberView(builder, { role, problem })
  },
  tap: (_, { familyId }, tap) => (tap.action === 'back' ? { to: { name: 'family-invite', familyId } } : null),
  words: (turn, { familyId, role }, text) => {
    const name = cleanText(text)
    if (name === '') return null
    if (countCharacters(name) > longestName)
      return { to: { name: 'family-add', familyId, role, problem: 'name-too-long' } }
    return invite(turn, familyId, { role, name })
  },
})

const familyInviteWhyState = z.object({ familyId: z.uuid(), memberId: z.uuid() })
const longestReason = 500

/** Asks why somebody is let in although a warning speaks against it. The reason is kept. */
export const familyInviteWhyScreen = defineScreen({
  name: 'family-invite-why',
  state: familyInviteWhyState,
  aside: true,
  afterCommit: (_, { familyId }) => ({ name: 'family-case', familyId }),
  draw: async (turn, { familyId, memberId }) => {
    const { deps, who, now, builder } = turn
    const { family, member } = await memberForStaff(deps.database, { staff: who?.staff, memberId, now })
    mustBeActive(family)
    const safety = await readSafety(turn, familyId)
    return inviteReasonView(builder, { role: member.role, safety, timeZone: deps.region.timeZone, now })
  },
  tap: (turn, { familyId, memberId }, tap) => {
    if (tap.action === 'no' || tap.action === 'back') return { to: { name: 'family-invite', familyId } }
    const code = [...inviteReasons, ...replaceReasons].find((one) => tap.action === 'set' && one === tap.arg)
    return code ? invite(turn, familyId, { memberId }, turn.say.label(`safety.reasons.${code}`)) : null
  },
  words: (turn, { familyId, memberId }, text) => {
    const reason = [...cleanText(text)].slice(0, longestReason).join('')
    return reason === '' ? null : invite(turn, familyId, { memberId }, reason)
  },
})

/** Sends the link with its QR code and a page to print; the family's card follows below. */
const invite = async (turn: Turn, familyId: string, invited: Invitee, reason?: string): Promise<Step> => {
  const { deps, who, now, say, builder } = turn
  const { region, organisation } = deps
  const asked = { staff: who?.staff, familyId, botUsername: deps.botUsername(), invited, now }
  const made = await turn.once((tx) => inviteForStaff(tx, deps, { ...asked, ...(reason && { reason }) }))
  if ('reasonFor' in made) return { to: { name: 'family-invite-why', familyId, memberId: made.reasonFor } }
  const { link, expiresAt, member } = made
  const key = `${member.id}.${expiresAt.getTime()}`
  const picture = { key: `qr.${key}`, content: async () => (await paper()).invitationQr(link) }
  return {
    to: { name: 'family-case', familyId },
    notice: say.t('caseload.invited'),
    fresh: true,
    aside: {
      view: memberLinkView(builder, { role: member.role, link, expiresAt, picture, region, now }),
    },
    attachment: {
      key: `handout.${key}`,
      fileName: `${say.label('handout.file')}.pdf`,
      content: async () =>
        (await paper()).invitationHandout(say, {
          link,
          expiresAt,
          organisation,
          timeZone: region.timeZone,
          minor: member.role === 'minor',
          now,
        }),
    },
  }
}

/** Loaded with the first invitation: drawing QR codes and PDF pages needs heavy modules. */
const paper = () => import('#features/families/invitation-handout.ts')
