import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen } from '#dialogue/screen.ts'
import { neverCall } from '#features/requests/never-call.ts'
import { addNote } from '#features/requests/request-notes.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'cannot-talk': Stateless
  }
  interface Links {
    quiet: 'cannot-talk'
  }
}

const wishes = ['text-only', 'no-calls', 'morning', 'day', 'evening', 'will-write'] as const

/** These say that nobody may call. */
const silent: readonly string[] = ['text-only', 'no-calls']

/** «Не могу говорить»: how the specialist may get in touch, without a word typed. The wish joins the request. */
export const cannotTalkScreen = defineScreen({
  name: 'cannot-talk',
  links: { quiet: ({ who }) => ({ to: { name: who?.openRequest ? 'cannot-talk' : 'home' } }) },
  afterCommit: () => ({ name: 'status', just: 'noted' }),
  draw: ({ say, builder }) =>
    builder.card(
      'cannot-talk',
      say.t('cannotTalk.title'),
      wishes.map((wish) => [builder.button(say.label(`cannotTalk.wishes.${wish}`), 'set', wish)]),
    ),
  tap: async (turn, _, tap) => {
    if (tap.action === 'back') return { to: { name: 'status' } }
    const wish = wishes.find((one) => tap.action === 'set' && one === tap.arg)
    if (!wish) return null
    const { who, deps, now } = turn
    // Staff read Russian, whatever the family's language is.
    const text = deps.texts.for('ru', 'adult').label(`cannotTalk.wishes.${wish}`)
    await turn.once(async (tx) => {
      await addNote(tx, deps, { who, said: { text, file: null }, now, alarm: null })
      if (silent.includes(wish)) await neverCall(tx, deps, { who })
    })
    return { to: { name: 'status', just: 'noted' } }
  },
})
