import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Say, Texts } from '#core/text.ts'
import type { Consents } from '#features/consents/consent-texts.ts'
import type { Answers } from '#features/intake/answers.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import type { Tap } from './callback-data.ts'
import type { Input, SentFile } from './input.ts'
import type { ScreenState, Session } from './session.ts'
import type { Reply, View } from './view.ts'

/** What every screen may use; the same for all turns. */
export type DialogueDeps = {
  database: Database
  sealer: Sealer
  enqueue: Enqueue
  region: Region
  texts: Texts
  consents: Consents
  organisation: { name: string; address: string; contact: string }
  /** Where the app is reached from outside; undefined: nowhere. */
  publicUrl: string | undefined
  /** The bot's username, for one-time links. */
  botUsername: () => string
  clock: Clock
  log: Log
}

/** One input on its way through the conversation. */
export type Turn = {
  input: Input
  session: Session
  deps: DialogueDeps
  say: Say
  now: Date
  /** What is known of the person, read once at the start of the turn; null before the first consent. */
  who: Snapshot | null
  /** The answers so far: the draft's, or before the first consent the session's. */
  answers: Answers
  /** The person's draft was of a questionnaire or region that is no longer asked, and begins again. */
  outdated: boolean
  /** Keeps the answers: in the draft (durable when this returns), or in the session before the first consent. */
  keep(answers: Answers): Promise<void>
  /**
   * Does a piece of work exactly once for this input, in one transaction under the person's lock.
   * @throws AlreadyDone when this input's work was committed before.
   */
  once<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

/** Where a screen leads, and what else is shown on the way. */
export type Step = {
  to: ScreenState
  toast?: string
  /** One line above the card: why it comes again. */
  notice?: string
  /** The live card is not drawn: it already shows what is meant. */
  still?: boolean
} & Pick<Reply, 'fresh' | 'tapped' | 'aside' | 'attachment' | 'commandMenu'>

/** One screen: draws its state, and understands what is done on it. */
export type Screen<Name extends ScreenState['name'] = ScreenState['name']> = {
  draw(turn: Turn, state: Extract<ScreenState, { name: Name }>): Promise<View> | View
  tap?(turn: Turn, state: Extract<ScreenState, { name: Name }>, tap: Tap): Promise<Step | null> | Step | null
  /** Typed words; null: this screen expects none. */
  words?(
    turn: Turn,
    state: Extract<ScreenState, { name: Name }>,
    text: string,
  ): Promise<Step | null> | Step | null
  /** A photo or document; null, or none: this screen expects none. */
  file?(
    turn: Turn,
    state: Extract<ScreenState, { name: Name }>,
    sent: SentFile,
  ): Promise<Step | null> | Step | null
  contact?(
    turn: Turn,
    state: Extract<ScreenState, { name: Name }>,
    contact: { phone: string; own: boolean },
  ): Promise<Step | null> | Step | null
}

/** The work of this input is in the database already: a second delivery, or a second tap of the same update. */
export class AlreadyDone extends Error {
  override name = 'AlreadyDone'
}

/** The draft was changed meanwhile by another delivery: read again, and judge again. */
export class ReadAgain extends Error {
  override name = 'ReadAgain'
}
