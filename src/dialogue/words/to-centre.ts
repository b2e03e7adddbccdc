import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { afterCommit } from '#dialogue/after-commit.ts'
import { isBehind } from '#dialogue/behind.ts'
import type { Said } from '#dialogue/input.ts'
import { kindLine } from '#dialogue/messages/messages-view.ts'
import { sentIn } from '#dialogue/messages/sent-in.ts'
import { object } from '#dialogue/requests/objection-screen.ts'
import { refusalOf, refusedView } from '#dialogue/messages/refused-file.ts'
import { AlreadyDone, type Step, type Turn } from '#dialogue/screen.ts'
import { screenOf } from '#dialogue/screens.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { type SmallTalk, smallTalkIn } from '#features/words/small-talk.ts'
import { destinationOf } from './destination.ts'
import { hold } from './held-words.ts'
import { inWords } from './said-in-words.ts'
import { sendToFamily, sendToRequest } from './send.ts'
import { answerVisitInWords } from './visit-answer.ts'
import { offerToSend } from './staff-send-screen.ts'
import { addToStory } from './story-words.ts'

/** Words that answer no question: a message to the centre. The person stays where they were, and learns who reads it. */
export const toCentre = (turn: Turn, said: Said): Promise<Step> => {
  const polite = said.kind === 'text' && !said.forwarded ? said.text : undefined
  return contentToCentre(turn, inWords(turn.say, said), polite)
}

/** `polite`: what may be small talk, which is answered where nobody reads yet. */
export const contentToCentre = async (
  turn: Turn,
  content: MessageContent,
  polite?: string,
): Promise<Step> => {
  const behind = isBehind(turn) || (await isScreenBehind(turn))
  const step = await accepted(turn, content, polite)
  // The question on the screen has been answered meanwhile.
  return behind ? { ...step, still: false, to: await afterCommit(turn, null) } : step
}

/** What cannot be found out must not cost the words that were said. */
const isScreenBehind = async (turn: Turn): Promise<boolean> => {
  const { screen } = turn.session
  try {
    return (await screenOf(screen).behind?.(turn, screen)) ?? false
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

const accepted = async (turn: Turn, content: MessageContent, polite: string | undefined): Promise<Step> => {
  const { session, say } = turn
  const { file, text } = content
  const refusal = file && refusalOf(say, file)
  const long = text !== null && countCharacters(text) > longestMessage && say.t('thread.refused.long')
  if (long || (refusal && text === null))
    return { to: session.screen, aside: { view: refusedView(long || String(refusal)) } }
  // What is refused and what was sent are both said.
  if (refusal) delete session.told
  const step = await deliver(turn, refusal ? { text, file: null } : content, polite)
  return refusal ? { ...step, aside: { view: refusedView(refusal) } } : step
}

const deliver = async (turn: Turn, content: MessageContent, polite: string | undefined): Promise<Step> => {
  const { session, say } = turn
  const destination = await destinationOf(turn, content.file === null ? content.text : null)
  try {
    const talk = polite === undefined ? null : smallTalkIn(polite)
    // «Здравствуйте» stands on the card below.
    const kind = talk === 'hello' && screenOf(session.screen).greets ? 'helloGreeted' : talk
    const answered = polite === undefined ? null : await answerVisitInWords(turn, destination, polite)
    if (answered) return answered
    if (destination.kind === 'family')
      return replied(turn, kind, () => sendToFamily(turn, destination, content), destination.familyId)
    if (destination.kind === 'request') return replied(turn, kind, () => sendToRequest(turn, content))
    if (destination.kind === 'objection') return await object(turn, content.text ?? '')
    if (destination.kind === 'staff') return await offerToSend(turn, destination.to, content)
    if (kind) return { to: session.screen, notice: say.t(`words.smallTalk.${kind}`) }
    if (destination.kind === 'nobody') return { to: session.screen, notice: say.t('words.nobody') }
    return destination.kind === 'story' ? await addToStory(turn, content) : hold(turn, content)
  } catch (error) {
    // Closed by staff in this very moment.
    if (error instanceof DomainError && error.code === 'already-closed') return hold(turn, content)
    // Committed by an earlier delivery, whose card was never drawn: the screen is not what was answered.
    if (error instanceof AlreadyDone) return { to: session.screen, notice: say.t('words.kept') }
    throw error
  }
}

/**
 * Politeness is passed on, and answered in kind: nobody has to read it by any hour. The answer stands for the receipt, and names
 * nobody who reads: the next one does.
 */
const replied = async (
  turn: Turn,
  talk: SmallTalkSaid | null,
  send: () => Promise<Step>,
  familyId?: string,
): Promise<Step> => {
  const { session, say } = turn
  const { told } = session
  const step = await send()
  if (!talk) return step
  if (told) session.told = told
  else delete session.told
  const apart = familyId !== undefined && (await sentIn(turn, familyId)).just !== 'sent'
  return { to: session.screen, notice: kindLine(say, talk, apart) }
}

type SmallTalkSaid = SmallTalk | 'helloGreeted'
