import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import type { Screen, Turn } from '#dialogue/screen.ts'
import type { View } from '#dialogue/view.ts'
import { createPen, paragraphs } from '#dialogue/card-builder.ts'
import { longestStory } from '#features/intake/answers.ts'
import { isSilenced } from '#features/requests/family-notice.ts'
import { longestReason } from '#features/requests/request-transitions.ts'
import { writeToFamily } from '#features/requests/conversation.ts'
import { claimedCaseFor, passOn } from '#features/requests/cases.ts'

/** Giving a request on needs a reason in words: the next specialist reads it. */
export const passOnScreen: Screen<'pass-on'> = {
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
}

/** The specialist's words to the family, which reads them in the bot. */
export const writeScreen: Screen<'write'> = {
  draw: (turn, { problem }) => ask(turn, 'write', 'case.writeWhat', problem),
  tap: (_, { requestId }, tap) => (tap.action === 'back' ? { to: { name: 'case', requestId } } : null),
  words: async (turn, { requestId }, text) => {
    const { who, now, deps } = turn
    if (countCharacters(text) > longestStory)
      return { to: { name: 'write', requestId, problem: 'story-too-long' } }
    const silent = await turn.once(async (tx) => {
      const request = await claimedCaseFor(tx, who?.staff, requestId)
      if (!who?.staff) throw new DomainError('not-found')
      await writeToFamily(tx, deps, { requestId, staffId: who.staff.id, text, now })
      return isSilenced(tx, deps.sealer, request)
    })
    const notice = turn.say.t(silent ? 'case.writtenSilently' : 'case.written')
    return { to: { name: 'case', requestId }, notice }
  },
}

const ask = ({ say, session }: Turn, screen: string, question: string, problem: string | undefined): View =>
  createPen(say, session.revision).card(
    screen,
    paragraphs(problem && `⚠️ ${say.t(`question.problems.${problem}`)}`, say.t(question)),
    [],
  )
