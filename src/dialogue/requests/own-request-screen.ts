import { countCharacters } from '#core/words.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { pathForMember } from '#features/families/path-for-member.ts'
import { longestStory } from '#features/intake/answers.ts'
import { addNote, requestForMember, withdrawForMember } from '#features/requests/request-for-member.ts'
import { conversationForMember } from '#features/requests/conversation.ts'
import type { Screen } from '../screen.ts'
import { createPen } from '../card-builder.ts'
import { pathView } from '../families/path-view.ts'
import { statusView } from './status-view.ts'
import { talkView } from './talk-view.ts'

/**
 * What became of the request: number, who has it, what comes next and by when, how to take it back. Of a family's member
 * who has no open one: the way of the family.
 */
export const statusScreen: Screen<'status'> = {
  draw: async (turn, { just, familyId }) => {
    const { deps, who, say, session, now } = turn
    const pen = createPen(say, session.revision)
    const request = await requestForMember(deps, { who, now })
    const open = who?.openRequest != null
    if (who && who.families.length > 0 && (familyId !== undefined || (!open && !just))) {
      const own = familyForMember(who, familyId ?? session.familyId)
      return pathView(pen, {
        ...(await pathForMember(deps.database, { region: deps.region, own, personId: who.person.id, now })),
        request: { open, written: request?.written ?? false },
        contact: deps.organisation.contact,
        region: deps.region,
        now,
      })
    }
    return statusView(pen, {
      request,
      family: who?.families.length ? familyForMember(who, session.familyId).id : null,
      ...(just && { just }),
      region: deps.region,
      contact: deps.organisation.contact,
      now,
    })
  },
  tap: (turn, _, tap) => {
    if (!turn.who?.openRequest) return null
    if (tap.action === 'note') return { to: { name: 'note' } }
    return tap.action === 'withdraw' ? { to: { name: 'withdraw' } } : null
  },
}

/** Words that the family adds to its open request. */
export const noteScreen: Screen<'note'> = {
  draw: (turn, { problem }) => {
    const head = problem ? `⚠️ ${turn.say.t(`question.problems.${problem}`)}\n\n` : ''
    return createPen(turn.say, turn.session.revision).card('note', head + turn.say.t('status.note'), [])
  },
  tap: (_, __, tap) => (tap.action === 'back' ? { to: { name: 'status' } } : null),
  words: async (turn, _, text) => {
    const { who, now, deps } = turn
    if (countCharacters(text) > longestStory) return { to: { name: 'note', problem: 'story-too-long' } }
    await turn.once((tx) => addNote(tx, deps, { who, text, now }))
    return { to: { name: 'status', just: 'noted' } }
  },
}

/** What the family and the specialist have written to each other. */
export const talkScreen: Screen<'talk'> = {
  draw: async (turn, { page = 0 }) => {
    const { deps, who, say, session, now } = turn
    const talk = await conversationForMember(deps.database, deps.sealer, who)
    return talkView(createPen(say, session.revision), { talk, region: deps.region, now, page })
  },
  tap: (turn, _, tap) => {
    if (tap.action === 'page' && /^\d{1,3}$/.test(tap.arg))
      return { to: { name: 'talk', page: Number(tap.arg) } }
    return tap.action === 'note' && turn.who?.openRequest ? { to: { name: 'note' } } : null
  },
}

export const withdrawScreen: Screen<'withdraw'> = {
  draw: (turn) => {
    const { say } = turn
    const pen = createPen(say, turn.session.revision)
    return pen.card('withdraw', say.t('status.withdraw'), [
      [pen.button(say.label('status.withdrawKeep'), 'no')],
      [pen.button(say.label('status.withdrawYes'), 'yes')],
    ])
  },
  tap: async (turn, _, tap) => {
    const { who, now, deps } = turn
    if (tap.action === 'no' || tap.action === 'back') return { to: { name: 'status' } }
    if (tap.action !== 'yes') return null
    await turn.once((tx) => withdrawForMember(tx, deps, { who, now }))
    return { to: { name: 'status', just: 'withdrawn' } }
  },
}
