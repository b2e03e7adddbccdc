import { isBehind } from '#dialogue/behind.ts'
import type { Said } from '#dialogue/input.ts'
import { sameCard } from '#dialogue/navigation.ts'
import type { ScreenState } from '#dialogue/registry.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import { screenOf } from '#dialogue/screens.ts'
import { isWorkbook } from '#features/plan/spreadsheet/is-workbook.ts'
import { inWords } from './said-in-words.ts'
import { toCentre } from './to-centre.ts'

/**
 * Everything that a person says passes here, whatever screen takes it and in whatever form: it is the answer to the
 * question that they were looking at, or a message to the centre.
 */
export const hear = async (turn: Turn, said: Said): Promise<Step> =>
  (await answerOf(turn, said)) ?? planSent(turn, said) ?? toCentre(turn, said)

/** A workbook that staff send, whatever is on the screen, is a family's plan. */
const planSent = ({ who }: Turn, said: Said): Step | null =>
  who?.staff?.active && said.kind === 'file' && isWorkbook(said.file)
    ? { to: { name: 'plan-file', fileId: said.file.fileId, size: said.file.size ?? 0 } }
    : null

/** What answers a question. A reply to an earlier message, and what was sent before the question, does not. */
const answerOf = async (turn: Turn, said: Said): Promise<Step | null> => {
  const { input, session } = turn
  const { screen } = session
  if (input.replyTo !== undefined && input.replyTo !== session.cardId) return null
  const last = lastAnswered(turn)
  const more = said.kind === 'text' && last ? await screenOf(last).more?.(turn, last, said.text) : null
  if (more) return noted(turn, said, { step: more, screen: last ?? screen })
  if (input.unseen || isBehind(turn)) return null
  const step = await answerTo(turn, screen, said)
  return step && noted(turn, said, { step, screen })
}

/** Remembers which screen was answered, once another one follows. */
const noted = (
  { session, input, now }: Turn,
  said: Said,
  { step, screen }: { step: Step; screen: ScreenState },
): Step => {
  if (said.kind === 'text' && !sameCard(screen, step.to))
    session.answered = { screen, at: input.sentAt ?? now.getTime() }
  return step
}

const answerTo = async (turn: Turn, screen: ScreenState, said: Said): Promise<Step | null> => {
  const { words, file, contact, place } = screenOf(screen)
  if (said.kind === 'text') return (await words?.(turn, screen, said.text)) ?? null
  if (said.kind === 'file') return (await file?.(turn, screen, said)) ?? null
  if (said.kind === 'place') return (await place?.(turn, screen, inWords(turn.say, said).text ?? '')) ?? null
  return said.kind === 'contact' ? ((await contact?.(turn, screen, said)) ?? null) : null
}

/** Within this time (ms) what follows an answer belongs to it; where the next card takes text as well, less. */
const togetherMs = 10_000
const togetherBeforeTextMs = 3_000

/** The screen that the person is still answering: a text in two parts, or several short ones in a row. */
const lastAnswered = ({ input, session, now }: Turn): ScreenState | null => {
  const { answered, screen } = session
  if (!answered) return null
  const passed = Math.max(0, (input.sentAt ?? now.getTime()) - answered.at)
  const limit = screenOf(screen).words ? togetherBeforeTextMs : togetherMs
  return input.unseen || passed < limit ? answered.screen : null
}
