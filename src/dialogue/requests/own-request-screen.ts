import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { pageOf } from '#dialogue/callback-data.ts'
import { heardNow } from '#dialogue/hearing.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { curatorForMember } from '#features/cases/curator-word.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { pathForMember } from '#features/families/path-for-member.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { conversationForMember, takesNotes } from '#features/requests/conversation.ts'
import { type RequestForMember, requestForMember } from '#features/requests/request-for-member.ts'
import { addNote, withdrawForMember } from '#features/requests/request-notes.ts'
import { needsSafetyCheck } from '#features/requests/safety-check.ts'
import { togetherOfOwnRequest } from '#features/together/together-for-member.ts'
import { paragraphs } from '../card-builder.ts'
import { pathView } from '../families/path-view.ts'
import { passOn, saidFile } from '../messages/compose-message.ts'
import { decisionLines } from './decision-view.ts'
import { noteApartLine } from './note-apart-receipt.ts'
import { statusView } from './status-view.ts'
import { talkView } from './talk-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    status: z.infer<typeof statusState>
    note: z.infer<typeof noteState>
    talk: z.infer<typeof talkState>
    withdraw: Stateless
  }
  interface Links {
    status: 'status'
    talk: 'talk'
  }
}

const statusState = z.object({
  just: z.enum(['submitted', 'noted', 'withdrawn', 'objected', 'anew']).optional(),
  /** The path of this family, where there is an open request besides. */
  familyId: z.uuid().optional(),
  /** All stages of the path, rather than where it stands. */
  all: z.literal(true).optional(),
})

/**
 * The state of the request: number, specialist, the next step and its deadline, how to withdraw. For a member without an
 * open request: the path of the family.
 */
export const statusScreen = defineScreen({
  name: 'status',
  state: statusState,
  aside: true,
  varies: ['just', 'all'],
  ends: ({ just }) => just !== undefined,
  links: { status: (turn, arg) => toStatus(turn, arg) },
  commands: {
    status: {
      description: 'commands.status',
      menus: { everyone: 3 },
      run: () => ({ to: { name: 'status' } }),
    },
  },
  about: (_, { familyId }) => (familyId === undefined ? { kind: 'request' } : { kind: 'family', familyId }),
  draw: async (turn, { just, familyId, all = false }) => {
    const { deps, who, session, now, builder } = turn
    const open = who?.openRequest != null
    if (who && who.families.length > 0 && (familyId !== undefined || (!open && !just))) {
      const request = await requestForMember(deps, { who, now })
      const own = familyForMember(who, familyId ?? session.familyId)
      const agreed = request && agreedLately(turn, request)
      return pathView(builder, {
        ...(agreed && { agreed }),
        ...(await pathForMember(deps.database, { region: deps.region, own, personId: who.person.id, now })),
        request: { open, written: request?.written ?? false },
        aboutCurator: (await curatorForMember(deps.database, deps, { who, familyId: own.id, now })).asked,
        contact: deps.organisation.contact,
        region: deps.region,
        all,
        now,
      })
    }
    const [request, together] = await Promise.all([
      requestForMember(deps, { who, now }),
      togetherOfOwnRequest(deps.database, deps, { who, now }),
    ])
    return statusView(builder, {
      request,
      together,
      begun: who?.draft != null || Object.keys(turn.answers).length > 0,
      held: session.held !== undefined,
      all,
      family: who?.families.length ? familyForMember(who, session.familyId).id : null,
      ...(just && { just }),
      above: session.notices?.join(' ') ?? '',
      region: deps.region,
      contact: deps.organisation.contact,
      now,
    })
  },
  tap: (turn, { all, familyId }, tap) => {
    const own = familyId !== undefined && { familyId }
    if (tap.action === 'full') return { to: { name: 'status', ...own, all: true } }
    if (tap.action === 'back' && all) return { to: { name: 'status', ...own } }
    if (tap.action === 'object') return { to: { name: 'objection' } }
    if (tap.action === 'note') return { to: { name: 'note' } }
    if (!turn.who?.openRequest) return null
    return tap.action === 'withdraw' ? { to: { name: 'withdraw' } } : null
  },
})

const noteState = z.object({ problem: z.string().optional() })

/** Takes a note that the family adds to its open request. */
export const noteScreen = defineScreen({
  name: 'note',
  state: noteState,
  varies: ['problem'],
  afterCommit: () => ({ name: 'status', just: 'noted' }),
  about: () => ({ kind: 'request' }),
  draw: (turn, { problem }) => {
    const head = problem ? `⚠️ ${turn.say.t(`question.problems.${problem}`)}\n\n` : ''
    return turn.builder.card('note', head + turn.say.t('status.note'), [])
  },
  tap: (_, __, tap) => (tap.action === 'back' ? { to: { name: 'status' } } : null),
  words: async (turn, _, text) => {
    if (countCharacters(text) > longestMessage) return { to: { name: 'note', problem: 'story-too-long' } }
    return note(turn, { text, file: null })
  },
  file: (turn, _, sent) => passOn(turn, saidFile(sent), { name: 'note' }, (said) => note(turn, said)),
})

/** Null: the request was closed meanwhile, and the words go where they would go without this question. */
const note = async (turn: Turn, said: MessageContent): Promise<Step | null> => {
  const { who, now, deps } = turn
  if (!(await takesNotes(deps.database, who))) return null
  const { anew, apart } = await turn.once((tx) => addNote(tx, deps, { who, said, ...heardNow(turn), now }))
  if (apart) return { to: { name: 'status' }, notice: await noteApartLine(turn, apart) }
  return { to: { name: 'status', just: anew === null ? 'noted' : 'anew' } }
}

const talkState = z.object({ page: z.number().int().min(0).optional() })

/** The conversation of the family and its specialist. */
export const talkScreen = defineScreen({
  name: 'talk',
  state: talkState,
  aside: true,
  varies: ['page'],
  links: { talk: () => ({ to: { name: 'talk' } }) },
  about: () => ({ kind: 'request' }),
  draw: async (turn, { page = 0 }) => {
    const { deps, who, now, builder } = turn
    const talk = await conversationForMember(deps.database, deps.sealer, who, now)
    return talkView(builder, { talk, region: deps.region, now, page })
  },
  tap: async ({ deps, who }, _, tap) => {
    const page = pageOf(tap)
    if (page !== null) return { to: { name: 'talk', page } }
    return tap.action === 'note' && (await takesNotes(deps.database, who)) ? { to: { name: 'note' } } : null
  },
})

export const withdrawScreen = defineScreen({
  name: 'withdraw',
  afterCommit: () => ({ name: 'status', just: 'withdrawn' }),
  about: () => ({ kind: 'request' }),
  draw: async (turn) => {
    const { say, builder, deps, who, now } = turn
    const request = await requestForMember(deps, { who, now })
    const text = request && needsSafetyCheck(request) ? 'status.withdrawChecked' : 'status.withdraw'
    return builder.card('withdraw', say.t(text), [
      [builder.button(say.label('status.withdrawKeep'), 'no')],
      [builder.button(say.label('status.withdrawYes'), 'yes')],
    ])
  },
  tap: async (turn, _, tap) => {
    const { who, now, deps } = turn
    if (tap.action === 'no' || tap.action === 'back') return { to: { name: 'status' } }
    if (tap.action !== 'yes') return null
    await turn.once((tx) => withdrawForMember(tx, deps, { who, now }))
    return { to: { name: 'status', just: 'withdrawn' } }
  },
})

/** For how long the decision to help stands above the path that began with it. */
const newsMs = 14 * 24 * 60 * 60 * 1000

const agreedLately = ({ say, deps, now }: Turn, request: RequestForMember): string | null => {
  const { decision, outsider, specialist } = request
  if (outsider || decision?.outcome !== 'support-agreed' || +now - +decision.at > newsMs) return null
  const { region, organisation } = deps
  return paragraphs(
    ...decisionLines(say, { decision, specialist, contact: organisation.contact, region, now }),
  )
}

/** Opens the request, or the path of the named family. */
const toStatus = ({ who, session }: Turn, arg: string): Step => {
  if (arg === '') return { to: { name: 'status' } }
  const familyId = familyForMember(who, arg).id
  session.familyId = familyId
  return { to: { name: 'status', familyId } }
}
