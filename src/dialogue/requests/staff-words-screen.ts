import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { paragraphs } from '#dialogue/card-builder.ts'
import { byId, defineScreen, type Turn } from '#dialogue/screen.ts'
import type { Button, View } from '#dialogue/view.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { claimedCaseFor, mustBeAllowedToPassOn, passOn } from '#features/requests/cases.ts'
import { writeToFamily } from '#features/requests/conversation.ts'
import { isSilenced } from '#features/requests/family-notice.ts'
import { longestReason } from '#features/requests/request-transitions.ts'
import { addresseeOf } from './staff-case-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'pass-on': z.infer<typeof passOnState>
    write: z.infer<typeof writeState>
  }
  interface Links {
    pass: 'pass-on'
    write: 'write'
  }
}

const passOnState = z.object({ requestId: z.uuid(), problem: z.string().optional() })

/** Passing a request on requires a reason, which the next specialist reads. */
export const passOnScreen = defineScreen({
  name: 'pass-on',
  state: passOnState,
  varies: ['problem'],
  links: {
    pass: byId(async ({ deps, who }, requestId) => {
      await mustBeAllowedToPassOn(deps.database, who?.staff, requestId)
      return { to: { name: 'pass-on', requestId } }
    }),
  },
  afterCommit: (_, { requestId }) => ({ name: 'case', requestId }),
  draw: (turn, { problem }) => ask(turn, 'pass-on', 'case.passOnReason', problem),
  tap: (_, { requestId }, tap) => (tap.action === 'back' ? { to: { name: 'case', requestId } } : null),
  words: async (turn, { requestId }, text) => {
    const { who, now, deps } = turn
    if (countCharacters(text) > longestReason)
      return { to: { name: 'pass-on', requestId, problem: 'reason-too-long' } }
    const staffId = await turn.once((tx) =>
      passOn(tx, deps, { staff: who?.staff, requestId, reason: text, now }),
    )
    const done = staffId === null ? 'case.passedOnToAll' : 'case.passedOnDone'
    return { to: { name: 'queue' }, notice: turn.say.t(done) }
  },
})

const writeState = z.object({ requestId: z.uuid(), problem: z.string().optional() })

/** Takes the specialist's message to the family, who reads it in the bot. */
export const writeScreen = defineScreen({
  name: 'write',
  state: writeState,
  varies: ['problem'],
  links: {
    write: byId(async ({ deps, who, say }, requestId) => {
      const { source } = await claimedCaseFor(deps.database, who?.staff, requestId)
      if (source !== 'bot') return { to: { name: 'case', requestId }, notice: say.t('act.callerReads') }
      return { to: { name: 'write', requestId } }
    }),
  },
  afterCommit: (_, { requestId }) => ({ name: 'case', requestId }),
  draw: async (turn, { requestId, problem }) => {
    const { deps, who } = turn
    const request = await claimedCaseFor(deps.database, who?.staff, requestId)
    return ask(turn, 'write', `case.writeWhat.${addresseeOf(request)}`, problem, [
      [turn.builder.button(turn.say.label('quickReplies.button'), 'set', 'ready')],
    ])
  },
  tap: (_, { requestId }, tap) => {
    if (tap.action === 'set' && tap.arg === 'ready')
      return { to: { name: 'quick-replies', to: { requestId } } }
    return tap.action === 'back' ? { to: { name: 'case', requestId } } : null
  },
  words: async (turn, { requestId }, text) => {
    const { who, now, deps } = turn
    if (countCharacters(text) > longestMessage)
      return { to: { name: 'write', requestId, problem: 'story-too-long' } }
    const { silent, addressee } = await turn.once(async (tx) => {
      const request = await claimedCaseFor(tx, who?.staff, requestId)
      if (!who?.staff) throw new DomainError('not-found')
      await writeToFamily(tx, deps, { requestId, staffId: who.staff.id, text, now })
      return { silent: await isSilenced(tx, deps.sealer, request), addressee: addresseeOf(request) }
    })
    const notice = turn.say.t(silent ? 'case.writtenSilently' : `case.written.${addressee}`)
    return { to: { name: 'case', requestId }, notice }
  },
})

const ask = (
  { say, builder }: Turn,
  screen: string,
  question: string,
  problem: string | undefined,
  rows: Button[][] = [],
): View =>
  builder.card(
    screen,
    paragraphs(problem && `⚠️ ${say.t(`question.problems.${problem}`)}`, say.t(question)),
    rows,
  )
