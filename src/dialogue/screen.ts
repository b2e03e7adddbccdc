import { z } from 'zod'
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
import { pageOf, type Tap } from './callback-data.ts'
import type { CardBuilder } from './card-builder.ts'
import type { Input, SentFile } from './input.ts'
import type { LinksOf, ScreenName, ScreenState, ScreenStates, StateOf } from './registry.ts'
import type { Session } from './session.ts'
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
  /** Builds cards in the person's language, with the revision of the card that is drawn next. */
  readonly builder: CardBuilder
  /** The screen that is left now is none that was only looked at on the way: Back has to lead to it. */
  readonly midway: boolean
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

type Answer = Promise<Step | null> | Step | null

/** What follows a link; `arg` as it stood in the callback data. Null for a forged or malformed one. */
export type FollowLink = (turn: Turn, arg: string) => Answer

export type ScreenCommand = {
  /** The key of the text beside the command in the app's menu. */
  description: string
  /** In whose menu the app offers it, and at which place; those of `everyone` come last in the other menus. */
  menus: Partial<Record<Menu, number>>
  run(turn: Turn): Answer
}
export type Menu = 'everyone' | 'staff' | 'family'

/** One screen, said once: what it keeps, how it is reached and left, how it is drawn, and what it understands. */
export type Screen<Name extends ScreenName = ScreenName> = {
  name: Name
  /** Looked at on the way: Back leads from it to where the person was. */
  aside?: true
  /** Nothing is left to go back to. */
  ends?: true | ((state: StateOf<Name>) => boolean)
  /** Whether a push may come while it is shown. By default it may, unless the screen expects words. */
  interruptible?: boolean
  /** Fields that vary on one and the same card, such as its page; a change of any other field makes another card. */
  varies?: readonly (keyof ScreenStates[Name] & string)[]
  /** Commands that open it, by their name without the slash. */
  commands?: Record<string, ScreenCommand>
  /** Deep links into it (`/start <prefix>_<token>`), by their prefix; the token has 22 characters of base64url. */
  deepLinks?: Record<string, (turn: Turn, token: string) => Promise<Step> | Step>
  /**
   * Where an input leads whose work was committed by an earlier delivery, the card of which was never drawn. By default
   * the screen is drawn again.
   */
  afterCommit?(turn: Turn, state: StateOf<Name>, tap: Tap | null): Promise<ScreenState> | ScreenState
  draw(turn: Turn, state: StateOf<Name>): Promise<View> | View
  /** A tap on a button of this very card. */
  tap?(turn: Turn, state: StateOf<Name>, tap: Tap): Answer
  /** Typed words; null, or absent: this screen expects none. */
  words?(turn: Turn, state: StateOf<Name>, text: string): Answer
  /** A photo or document; null, or absent: this screen expects none. */
  file?(turn: Turn, state: StateOf<Name>, sent: SentFile): Answer
  contact?(turn: Turn, state: StateOf<Name>, contact: { phone: string; own: boolean }): Answer
} & StateSchema<Name> &
  ([keyof LinksOf<Name>] extends [never]
    ? { links?: never }
    : { links: Record<keyof LinksOf<Name>, FollowLink> })

/** The schema of what the screen keeps beside its name. */
type StateSchema<Name extends ScreenName> = [keyof ScreenStates[Name]] extends [never]
  ? { state?: never }
  : { state: z.ZodObject & z.ZodType<ScreenStates[Name]> }

/**
 * Defines a screen; `ScreenStates` and `Links` in `registry.ts` say what the definition has to hold. Everything else
 * that concerns it (the session's schema, Back, interruption, links, commands) derives from the definition.
 */
export const defineScreen = <Name extends ScreenName>(screen: Screen<Name>): Screen<Name> => screen

/** A link whose argument is an id; a forged one leads nowhere. */
export const byId =
  (follow: (turn: Turn, id: string) => Answer): FollowLink =>
  (turn, arg) =>
    z.uuid().safeParse(arg).success ? follow(turn, arg) : null

/** A tap on the pager's buttons: the same card at another page; null for any other tap. */
export const turnPage = <State extends ScreenState>(state: State, tap: Tap): { to: State } | null => {
  const page = pageOf(tap)
  return page === null ? null : { to: { ...state, page } }
}

/** The work of this input is in the database already: a second delivery, or a second tap of the same update. */
export class AlreadyDone extends Error {
  override name = 'AlreadyDone'
}

/** The draft was changed meanwhile by another delivery: read again, and judge again. */
export class ReadAgain extends Error {
  override name = 'ReadAgain'
}
