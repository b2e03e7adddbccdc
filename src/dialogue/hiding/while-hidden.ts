import { listenTo } from '#dialogue/hearing.ts'
import { AlreadyDone, type Step, type Turn } from '#dialogue/screen.ts'
import type { Reply } from '#dialogue/view.ts'
import { inWords } from '#dialogue/words/said-in-words.ts'
import { holdMore } from '#dialogue/words/story-words.ts'
import { isComingBack } from '#features/hiding/coming-back.ts'
import { alarmFromHidden, comeBack } from '#features/hiding/hide-chat.ts'
import type { HiddenChat } from '#storage/hiding/hidden-chats.ts'
import { hiding } from './hide-screen.ts'
import { neutralLine, wordsBack } from './neutral.ts'

/** Whether the person has hidden the chat; staff cannot. */
export const hiddenOf = ({ who, hidden }: Turn): HiddenChat | null => (who?.staff?.active ? null : hidden)

/** What a hidden chat answers; a step, if the person is back. Whoever holds the phone learns nothing from any input. */
export const whileHidden = async (turn: Turn, { cleared }: HiddenChat): Promise<Reply | Step> => {
  const { session, input, deps, say } = turn
  const { event } = input
  // An earlier process died over it, or Telegram asked to wait.
  if (!cleared) {
    const { to: _, still: __, ...reply } = hiding(turn)
    return reply
  }
  session.hidden = true
  if (event.kind === 'text' && !event.forwarded && isWordBack(turn, event.text)) return back(turn)
  if (event.kind === 'tap' || event.kind === 'edited' || event.kind === 'moved') return {}
  if (event.kind !== 'command' && event.kind !== 'gesture' && event.kind !== 'unreadable') {
    // Nobody is told by the chat, and nothing is dropped: offered to be passed on once the person is back.
    holdMore(turn, inWords(say, event))
    await passAlarmOn(turn)
  }
  return { neutral: neutralLine(deps, say.language) }
}

const isWordBack = ({ deps }: Turn, text: string): boolean =>
  wordsBack(deps).some((word) => isComingBack(text, word))

const back = async (turn: Turn): Promise<Step> => {
  const { deps, who, input, session, say, now } = turn
  const personId = who?.person.id ?? null
  try {
    await turn.once((tx) => comeBack(tx, deps, { account: input.account, personId, now }))
  } catch (error) {
    // Committed by an earlier delivery, whose card was never drawn.
    if (!(error instanceof AlreadyDone)) throw error
  }
  delete session.hidden
  delete session.crisis
  return {
    to: { name: 'home' },
    notice: say.t('hide.welcome'),
    fresh: true,
    commandMenu: who?.families.length ? 'family' : 'everyone',
  }
}

/** Staff hear of danger, whoever wrote: the phone may be in other hands. */
const passAlarmOn = async (turn: Turn): Promise<void> => {
  const { deps, who, now } = turn
  const alarm = await listenTo(turn, false)
  if (!alarm || who === null) return
  try {
    await turn.once((tx) => alarmFromHidden(tx, deps, who, now))
  } catch (error) {
    if (!(error instanceof AlreadyDone)) throw error
  }
}
