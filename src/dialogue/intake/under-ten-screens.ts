import type { SentFile } from '#dialogue/input.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { holdMore, withHeld } from '#dialogue/words/story-words.ts'
import { callAdult } from '#features/intake/call-adult.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'under-ten': Stateless
    'under-ten-help': Stateless
    'under-ten-called': Stateless
  }
}

const toHelp = { to: { name: 'under-ten-help' } } as const

/** Who answers in words has something to say: the session holds it for the adult whom they may call. */
const wordsToHelp = (turn: Turn, _: unknown, text: string): Step => {
  holdMore(turn, { text, file: null })
  return toHelp
}
const fileToHelp = (turn: Turn, _: unknown, { file, caption }: SentFile): Step => {
  holdMore(turn, { text: caption === '' ? null : caption, file })
  return toHelp
}

/** One question to a child under ten; nothing of the answers before it is kept. */
export const underTenScreen = defineScreen({
  name: 'under-ten',
  greets: true,
  interruptible: false,
  draw: ({ say, builder }) =>
    builder.card(
      'under-ten',
      say.t('underTen.title'),
      [[builder.button(say.label('underTen.yes'), 'yes')], [builder.button(say.label('underTen.no'), 'no')]],
      { back: false, menu: false },
    ),
  tap: (_, __, tap) => {
    if (tap.action === 'yes') return { to: { name: 'under-ten-help' } }
    return tap.action === 'no' ? { to: { name: 'too-young' }, forget: true } : null
  },
  // The way to an adult, and never to an application.
  words: wordsToHelp,
  file: fileToHelp,
})

/** Whom to call, and one tap that calls an adult of the centre. */
export const underTenHelpScreen = defineScreen({
  name: 'under-ten-help',
  interruptible: false,
  afterCommit: () => ({ name: 'under-ten-called' }),
  draw: ({ say, builder, session }) =>
    builder.card('under-ten-help', say.t(session.held ? 'underTen.helpWithWords' : 'underTen.help'), [
      [builder.button(say.label('underTen.call'), 'submit')],
    ]),
  tap: async (turn, _, tap) => {
    if (tap.action === 'back') return { to: { name: 'under-ten' } }
    if (tap.action !== 'submit') return null
    const { deps, input, say, who, now, session } = turn
    if (!who?.openRequest)
      await turn.once((tx) =>
        callAdult(tx, deps, {
          account: input.account,
          language: say.language,
          who,
          said: withHeld({ answers: {}, session }),
          now,
        }),
      )
    delete session.held
    return { to: { name: 'under-ten-called' } }
  },
  words: wordsToHelp,
  file: fileToHelp,
})

export const underTenCalledScreen = defineScreen({
  name: 'under-ten-called',
  ends: true,
  draw: ({ say, builder }) => builder.card('under-ten-called', say.t('underTen.called'), [], { back: false }),
})
