import { paragraphs } from '#dialogue/card-builder.ts'
import { guideRows } from '#dialogue/guide/guide-view.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Turn } from '#dialogue/screen.ts'
import type { QuestionId } from '#features/intake/answers.ts'
import { questions } from '#features/intake/questions.ts'
import { walk } from '#features/intake/walk.ts'
import { submitRequest } from '#features/requests/submit-request.ts'
import { onward } from './next-question.ts'
import { answerLines } from './summary-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    summary: Stateless
    change: Stateless
    submit: Stateless
  }
}

const listed = (turn: Turn) =>
  walk(turn.answers, turn.deps.region).path.filter(({ closing, kind }) => !closing && kind !== 'consent')

/** All answers at a glance; continue to the consents, or change one. */
export const summaryScreen = defineScreen({
  name: 'summary',
  interruptible: false,
  draw: (turn) => {
    const { say, deps, answers, builder } = turn
    return builder.card(
      'summary',
      paragraphs(
        say.t('summary.title'),
        answerLines(say, deps.region, listed(turn), answers),
        say.t('summary.after'),
      ),
      [
        [builder.button(say.label('summary.on'), 'done')],
        [builder.button(say.label('summary.change'), 'change')],
      ],
    )
  },
  tap: (turn, _, tap) => {
    if (tap.action === 'change') return { to: { name: 'change' } }
    if (tap.action === 'back') {
      const last = listed(turn).at(-1)
      return { to: last ? { name: 'question', id: last.id, changing: true } : { name: 'home' } }
    }
    if (tap.action !== 'done') return null
    const { gap } = walk(turn.answers, turn.deps.region)
    return { to: gap === null ? { name: 'submit' } : { name: 'question', id: gap } }
  },
})

/** A button for every answer; each leads to its question and back to the summary. */
export const changeScreen = defineScreen({
  name: 'change',
  interruptible: false,
  draw: (turn) => {
    const { say, builder } = turn
    const buttons = listed(turn).map(({ id }) => builder.button(say.label(`question.${id}.short`), 'set', id))
    const rows = Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) =>
      buttons.slice(row * 2, row * 2 + 2),
    )
    return builder.card('change', say.t('summary.which'), rows)
  },
  tap: (turn, _, tap) => {
    if (tap.action === 'back') return { to: { name: 'summary' } }
    const id = tap.action === 'set' && listed(turn).find((question) => question.id === tap.arg)?.id
    return id ? { to: { name: 'question', id, changing: true } } : null
  },
})

/** The last card before the request exists. One tap submits it; twenty taps submit the same request. */
export const submitScreen = defineScreen({
  name: 'submit',
  interruptible: false,
  afterCommit: (turn, state) => (turn.who?.openRequest ? { name: 'status', just: 'submitted' } : state),
  draw: (turn) => {
    const { say, builder } = turn
    return builder.card('submit', say.t('summary.submit'), [
      [{ ...builder.button(say.label('summary.submitButton'), 'submit'), style: 'primary' }],
      ...guideRows(builder),
    ])
  },
  tap: async (turn, _, tap) => {
    if (tap.action === 'back') return { to: { name: 'summary' } }
    if (tap.action !== 'submit') return null
    const { who, answers, now, deps } = turn
    if (who?.openRequest) return { to: { name: 'status' } }
    if (!who?.draft || walk(answers, deps.region).gap !== null) return { to: onward(turn, lastAnswered) }
    await turn.once((tx) => submitRequest(tx, deps, { who, answers, now }))
    return { to: { name: 'status', just: 'submitted' } }
  },
})

const lastAnswered: QuestionId = questions.at(-1)?.id ?? 'dataSharing'
