import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen } from '#dialogue/screen.ts'
import { callAdult } from '#features/intake/call-adult.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'under-ten': Stateless
    'under-ten-help': Stateless
    'under-ten-called': Stateless
  }
}

const toHelp = () => ({ to: { name: 'under-ten-help' } }) as const

/** One question to a child under ten; nothing of the answers before it is kept. */
export const underTenScreen = defineScreen({
  name: 'under-ten',
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
  // Who answers in words instead of a button has something to say: the way to an adult, and never to an application.
  words: toHelp,
  file: toHelp,
})

/** Whom to call, and one tap that calls an adult of the centre. */
export const underTenHelpScreen = defineScreen({
  name: 'under-ten-help',
  interruptible: false,
  afterCommit: () => ({ name: 'under-ten-called' }),
  draw: ({ say, builder }) =>
    builder.card('under-ten-help', say.t('underTen.help'), [
      [builder.button(say.label('underTen.call'), 'submit')],
    ]),
  tap: async (turn, _, tap) => {
    if (tap.action === 'back') return { to: { name: 'under-ten' } }
    if (tap.action !== 'submit') return null
    const { deps, input, say, who, now } = turn
    if (!who?.openRequest)
      await turn.once((tx) =>
        callAdult(tx, deps, { account: input.account, language: say.language, who, now }),
      )
    return { to: { name: 'under-ten-called' } }
  },
  words: toHelp,
  file: toHelp,
})

export const underTenCalledScreen = defineScreen({
  name: 'under-ten-called',
  ends: true,
  draw: ({ say, builder }) => builder.card('under-ten-called', say.t('underTen.called'), [], { back: false }),
})
