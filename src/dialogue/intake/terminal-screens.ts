import type { Screen, Turn } from '#dialogue/screen.ts'
import { createPen, paragraphs } from '#dialogue/card-builder.ts'
import { forgetApplicant } from '#features/intake/draft.ts'
import { onward } from './next-question.ts'

/** After «yes, now», or after something heavy: where to call at once, and on with the questions. */
export const dangerScreen: Screen<'danger'> = {
  draw: (turn, { because }) => {
    const pen = createPen(turn.say, turn.session.revision)
    const html = paragraphs(
      turn.say.t(`danger.${because}`),
      turn.say.t('crisis.numbers'),
      turn.say.t(because === 'now' ? 'danger.afterNow' : 'danger.afterHeavy'),
    )
    return pen.card('danger', html, [[pen.button(turn.say.label('danger.on'), 'done')]])
  },
  tap: (turn, { because, after = 'circumstances', changing }, tap) => {
    const asked = because === 'now' ? 'danger' : after
    if (tap.action === 'back') return { to: { name: 'question', id: asked, ...(changing && { changing }) } }
    return tap.action === 'done' ? { to: onward(turn, asked, changing) } : null
  },
}

export const tooYoungScreen: Screen<'too-young'> = plain('too-young', 'ends.tooYoung')
export const refusedScreen: Screen<'refused'> = plain('refused', 'ends.refused')
export const cancelledScreen: Screen<'cancelled'> = plain('cancelled', 'ends.cancelled')

/** A date under ten where answers are kept already: a slip is mended, the truth takes everything back. */
export const youngerScreen: Screen<'younger'> = {
  draw: ({ say, session }) => {
    const pen = createPen(say, session.revision)
    return pen.card(
      'younger',
      say.t('ends.younger'),
      [
        [pen.button(say.label('ends.youngerMend'), 'back')],
        [pen.button(say.label('ends.youngerDelete'), 'yes')],
      ],
      { back: false },
    )
  },
  tap: async (turn, _, tap) => {
    if (tap.action === 'back') return { to: { name: 'question', id: 'birthDate' } }
    if (tap.action !== 'yes') return null
    if (turn.who)
      await turn.once((tx) => forgetApplicant(tx, turn.deps, { account: turn.input.account, now: turn.now }))
    delete turn.session.answers
    turn.answers = {}
    return { to: { name: 'too-young' } }
  },
}

/** The agreement to the request itself was not given: the draft waits, nothing is submitted. */
export const notNowScreen: Screen<'not-now'> = {
  draw: (turn) => {
    const pen = createPen(turn.say, turn.session.revision)
    return pen.card(
      'not-now',
      turn.say.t('ends.notNow'),
      [[pen.button(turn.say.label('ends.notNowReturn'), 'back')]],
      {
        back: false,
      },
    )
  },
  tap: (_, __, tap) => (tap.action === 'back' ? { to: { name: 'question', id: 'supportRequest' } } : null),
}

/** Deletes the draft, after a second look. */
export const cancelScreen: Screen<'cancel'> = {
  draw: (turn) => {
    const pen = createPen(turn.say, turn.session.revision)
    return pen.card('cancel', turn.say.t('ends.cancel'), [
      [pen.button(turn.say.label('ends.cancelKeep'), 'no')],
      [pen.button(turn.say.label('ends.cancelDelete'), 'yes')],
    ])
  },
  tap: async (turn, _, tap) => {
    if (tap.action === 'no' || tap.action === 'back')
      return { to: begun(turn) ? onward(turn) : { name: 'home' } }
    if (tap.action !== 'yes') return null
    if (turn.who)
      await turn.once((tx) => forgetApplicant(tx, turn.deps, { account: turn.input.account, now: turn.now }))
    delete turn.session.answers
    turn.answers = {}
    return { to: { name: 'cancelled' } }
  },
}

const begun = (turn: Turn) => Object.keys(turn.answers).length > 0

function plain<Name extends 'too-young' | 'refused' | 'cancelled'>(name: Name, text: string): Screen<Name> {
  return {
    draw: (turn) => {
      const { organisation } = turn.deps
      const pen = createPen(turn.say, turn.session.revision)
      const html = turn.say.t(text, { organisation: organisation.name, contact: organisation.contact })
      return pen.card(name, html, [], { back: false })
    },
  }
}
