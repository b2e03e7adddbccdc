import { z } from 'zod'
import { paragraphs } from '#dialogue/card-builder.ts'
import { isOutsider } from '#features/intake/questions.ts'
import { crisisFacts } from '#dialogue/danger-card.ts'
import { crisisNumbers } from '#dialogue/home/heard-view.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Turn } from '#dialogue/screen.ts'
import type { View } from '#dialogue/view.ts'
import { circumstanceKinds } from '#features/danger/danger-advice.ts'
import { forgetApplicant } from '#features/intake/draft.ts'
import { onward } from './next-question.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    danger: z.infer<typeof dangerState>
    'too-young': Stateless
    refused: Stateless
    cancelled: z.infer<typeof cancelledState>
    younger: Stateless
    'not-now': Stateless
    cancel: Stateless
  }
}

const dangerState = z.object({
  /** «Yes, now», or circumstances that speak of violence. */
  because: z.enum(['now', 'heavy']),
  after: z.enum(['categories', 'circumstances']).optional(),
  changing: z.boolean().optional(),
})

/** After «yes, now» or a sign of violence: the crisis numbers, then on with the questions. */
export const dangerScreen = defineScreen({
  name: 'danger',
  state: dangerState,
  interruptible: false,
  varies: ['because', 'after', 'changing'],
  draw: (turn, { because }) => {
    const { builder, answers } = turn
    const said = [...(answers.categories ?? []), ...(answers.circumstances ?? [])]
    const kinds = because === 'now' ? [] : said.flatMap((code) => circumstanceKinds[code] ?? [])
    const html = paragraphs(
      turn.say.t(`danger.${because}${isOutsider(answers) ? 'Outsider' : ''}`),
      because === 'now' ? turn.say.t('crisis.numbers') : crisisNumbers(turn.say, crisisFacts(turn, kinds)),
      turn.say.t(because === 'now' ? 'danger.afterNow' : 'danger.afterHeavy'),
    )
    return builder.card('danger', html, [
      [builder.link(turn.say.label('danger.quick'), 'quick')],
      [builder.button(turn.say.label('danger.on'), 'done')],
    ])
  },
  tap: (turn, { because, after = 'circumstances', changing }, tap) => {
    const asked = because === 'now' ? 'danger' : after
    if (tap.action === 'back') return { to: { name: 'question', id: asked, ...(changing && { changing }) } }
    return tap.action === 'done' ? { to: onward(turn, changing) } : null
  },
})

/** The end of a path: what it means, and how to reach the centre. */
const lastWords =
  (screen: string, text: string) =>
  ({ deps, say, builder }: Turn): View => {
    const { name: organisation, contact } = deps.organisation
    return builder.card(screen, say.t(text, { organisation, contact }), [], { back: false })
  }

export const tooYoungScreen = defineScreen({
  name: 'too-young',
  ends: true,
  draw: lastWords('too-young', 'ends.tooYoung'),
})
export const refusedScreen = defineScreen({
  name: 'refused',
  ends: true,
  draw: lastWords('refused', 'ends.refused'),
})
const cancelledState = z.object({
  /** Something was begun, and is deleted now. */
  deleted: z.literal(true).optional(),
})

export const cancelledScreen = defineScreen({
  name: 'cancelled',
  state: cancelledState,
  ends: true,
  draw: ({ builder, say }, { deleted }) =>
    builder.card('cancelled', paragraphs(deleted && say.t('ends.deleted'), say.t('ends.cancelled')), [], {
      back: false,
    }),
})

/** A birth date under ten after answers were stored: either a slip to correct, or everything is deleted. */
export const youngerScreen = defineScreen({
  name: 'younger',
  draw: ({ say, builder }) => {
    return builder.card(
      'younger',
      say.t('ends.younger'),
      [
        [builder.button(say.label('ends.youngerMend'), 'back')],
        [builder.button(say.label('ends.youngerDelete'), 'yes')],
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
    delete turn.session.held
    turn.answers = {}
    return { to: { name: 'under-ten' } }
  },
})

/** The consent to the request was refused: the draft is kept, nothing is submitted. */
export const notNowScreen = defineScreen({
  name: 'not-now',
  draw: ({ say, builder }) => {
    const rows = [[builder.button(say.label('ends.notNowReturn'), 'back')]]
    return builder.card('not-now', say.t('ends.notNow'), rows, { back: false })
  },
  tap: (_, __, tap) => (tap.action === 'back' ? { to: { name: 'question', id: 'supportRequest' } } : null),
})

/** Deletes the draft after confirmation. */
export const cancelScreen = defineScreen({
  name: 'cancel',
  aside: true,
  commands: {
    cancel: {
      description: 'commands.cancel',
      menus: { everyone: 6 },
      run: ({ who, session }) => ({
        to: { name: who?.draft || session.answers || session.held ? 'cancel' : 'cancelled' },
      }),
    },
  },
  afterCommit: () => ({ name: 'cancelled', deleted: true }),
  draw: (turn) => {
    const { builder } = turn
    return builder.card('cancel', turn.say.t('ends.cancel'), [
      [builder.button(turn.say.label('ends.cancelKeep'), 'no')],
      [builder.button(turn.say.label('ends.cancelDelete'), 'yes')],
    ])
  },
  tap: async (turn, _, tap) => {
    if (tap.action === 'no' || tap.action === 'back')
      return { to: begun(turn) ? onward(turn) : { name: turn.session.held ? 'hand-over' : 'home' } }
    if (tap.action !== 'yes') return null
    if (turn.who)
      await turn.once((tx) => forgetApplicant(tx, turn.deps, { account: turn.input.account, now: turn.now }))
    delete turn.session.answers
    turn.answers = {}
    return { to: { name: 'cancelled', deleted: true }, forget: true }
  },
})

const begun = (turn: Turn) => Object.keys(turn.answers).length > 0
