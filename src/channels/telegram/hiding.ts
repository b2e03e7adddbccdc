import type { Api } from 'grammy'
import type { Log } from '#core/log.ts'
import type { Session } from '#dialogue/session.ts'
import type { ChatMemory } from './chat-memory.ts'
import type { ClearChat } from './clear-chat.ts'
import { failureOf } from './send.ts'
import type { Sessions } from './sessions.ts'
import { chatOf, messageIdOf, messageNumberOf } from './update.ts'

type Deps = { api: Api; clear: ClearChat; memory: ChatMemory; sessions: Sessions; log: Log }

/** What an input of a chat that is hidden, or may have been meanwhile, leaves behind. */
export const createHiding = ({ api, clear, memory, sessions, log }: Deps) => {
  const takeBack = async (account: string, ids: readonly string[]) => {
    if (ids.length > 0) await api.deleteMessages(chatOf(account), ids.map(messageNumberOf))
  }
  return {
    /** Clears the chat. Another process may do it now: then only what was just written goes. */
    hide: async (account: string, line: string, session: Session, written: number | undefined) => {
      const done = await clear(account, line, session).catch((error: unknown) => {
        // Left to the job, or to their next input.
        log.warn('chat.not-cleared', { failure: failureOf(error).kind })
        return false
      })
      if (!done && written !== undefined) await takeBack(account, [messageIdOf(written)])
      await sessions.keep(account, session)
    },
    /** Keeps the session and which messages came; what came while another process was hiding the chat goes, too. */
    keep: async (account: string, session: Session) => {
      const late = await memory.settle(account, { session, hidden: session.hidden === true })
      await takeBack(account, late)
      await sessions.keep(account, session)
    },
    /** Answers in a hidden chat. It can be spared. */
    say: async (account: string, line: string) => {
      await api
        .sendMessage(chatOf(account), line)
        .then(({ message_id }) => memory.spare(message_id), failureOf)
    },
  }
}
