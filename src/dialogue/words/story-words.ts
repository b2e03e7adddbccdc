import { answerInOrder, isStored } from '#dialogue/intake/said-again.ts'
import { refusedView } from '#dialogue/messages/refused-file.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { Answers } from '#features/intake/answers.ts'
import { withStory } from '#features/intake/with-story.ts'
import type { MessageContent } from '#features/messages/message-files.ts'

/** Adds to the words that only the session holds; false if they do not fit. */
export const holdMore = ({ session }: Turn, content: MessageContent): boolean => {
  const { text = '', files = [] } = session.held ?? {}
  const held = withStory({ ownWords: text || null, ownFiles: files }, content)
  if (held) session.held = { text: held.ownWords ?? '', files: held.ownFiles ?? [] }
  return held !== null
}

/** What the person has said before they began becomes the story of the application; its summary shows it. */
export const takeHeld = async (turn: Turn): Promise<void> => {
  if (!turn.session.held) return
  await turn.keep({ ownWords: null, ...withHeld(turn) })
  delete turn.session.held
}

/** The answers with what the session holds. Each part was short enough when it was said: nothing of them is cut. */
export const withHeld = ({ answers, session }: Pick<Turn, 'answers' | 'session'>): Answers => {
  const { text, files = [] } = session.held ?? {}
  const ownWords = [answers.ownWords, text].filter(Boolean).join('\n')
  const ownFiles = [...(answers.ownFiles ?? []), ...files]
  return { ...answers, ...(ownWords && { ownWords }), ...(ownFiles.length > 0 && { ownFiles }) }
}

/** Words beside the questions become part of the story: stored with the draft, or in the session before a consent. */
export const addToStory = async (turn: Turn, content: MessageContent): Promise<Step> => {
  const { say, session, who } = turn
  const before = turn.answers.ownWords
  const stay = { to: session.screen }
  if (content.file === null && content.text !== null && isStored(turn, content.text))
    return { ...stay, notice: say.t('words.kept') }
  const answers =
    (content.file === null && answerInOrder(turn, content.text)) || withStory(turn.answers, content)
  if (!answers) return { ...stay, aside: { view: refusedView(say.t('words.storyFull')) } }
  await turn.keep(answers)
  if (content.file === null && answers.ownWords === before) return { ...stay, notice: say.t('words.kept') }
  return { ...stay, notice: say.t(who?.draft ? 'words.inStory' : 'words.inStoryHere') }
}
