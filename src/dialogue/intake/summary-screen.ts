import { paragraphs } from '#dialogue/card-builder.ts'
import { inTalk } from '#dialogue/hearing.ts'
import { guideRows } from '#dialogue/guide/guide-view.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import type { Tap } from '#dialogue/callback-data.ts'
import { isOutsider, question } from '#features/intake/questions.ts'
import { safeContactOf } from '#features/intake/safe-contact.ts'
import { isSkipped, walk } from '#features/intake/walk.ts'
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
  walk(turn.answers, turn.deps.region).path.filter(({ kind }) => kind !== 'consent')

/** All answers at a glance, and what becomes of them: send, or change one. */
const drawSummary = (turn: Turn) => {
  const { say, deps, answers, builder } = turn
  const standing = walk(answers, deps.region).answers
  const asked = listed(turn).filter(
    (one) => !isSkipped(one, standing) && (standing[one.id] !== null || standing.ownFiles),
  )
  // The short way asks for no story; what was written before it goes along.
  const story = answers.short && (answers.ownWords || answers.ownFiles) ? [question('ownWords')] : []
  const said = [...story.filter((one) => !asked.includes(one)), ...asked]
  return builder.card(
    'summary',
    paragraphs(
      say.t('summary.title'),
      answerLines(say, deps.region, said, { ...answers, safeContact: safeContactOf(answers) }),
      say.t(isOutsider(answers) ? 'summary.afterOutsider' : 'summary.after'),
    ),
    [
      [{ ...builder.button(say.label('summary.submitButton'), 'submit'), style: 'primary' }],
      [builder.button(say.label('summary.change'), 'change')],
      ...guideRows(builder),
    ],
  )
}

/** One tap submits; twenty taps submit the same request. */
const tapSummary = async (turn: Turn, tap: Tap): Promise<Step | null> => {
  const { who, answers, now, deps } = turn
  if (tap.action === 'change') return { to: { name: 'change' } }
  if (tap.action === 'back') {
    const last = walk(answers, deps.region).path.at(-1)
    return { to: last ? { name: 'question', id: last.id, changing: true } : { name: 'home' } }
  }
  // «Done» stands on cards from before ADR 49.
  if (tap.action === 'done') return { to: onward(turn) }
  if (tap.action !== 'submit') return null
  if (who?.openRequest) return { to: { name: 'status' } }
  if (!who?.draft || walk(answers, deps.region).gap !== null) return { to: onward(turn) }
  await turn.once((tx) => submitRequest(tx, deps, { who, answers, talk: inTalk(turn), now }))
  return { to: { name: 'status', just: 'submitted' } }
}

export const summaryScreen = defineScreen({
  name: 'summary',
  interruptible: false,
  afterCommit: (turn, state) => (turn.who?.openRequest ? { name: 'status', just: 'submitted' } : state),
  draw: drawSummary,
  tap: (turn, _, tap) => tapSummary(turn, tap),
})

/** The card of its own on which one submitted before ADR 49: sessions may still hold it. */
export const submitScreen = defineScreen({
  name: 'submit',
  interruptible: false,
  afterCommit: (turn, state) => (turn.who?.openRequest ? { name: 'status', just: 'submitted' } : state),
  draw: drawSummary,
  tap: (turn, _, tap) => tapSummary(turn, tap),
})

/** A button for every answer; each leads to its question and back to the summary. What was skipped can be added. */
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
