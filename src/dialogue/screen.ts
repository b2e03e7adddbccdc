import { z } from 'zod'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Say, Texts } from '#core/text.ts'
import type { Consents } from '#features/consents/consent-texts.ts'
import type { Alarm } from '#features/danger/ear.ts'
import type { Helpline } from '#features/danger/helplines.ts'
import type { PlaceBook } from '#features/guide/place-book.ts'
import type { Answers } from '#features/intake/answers.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import type { HiddenChat } from '#storage/hiding/hidden-chats.ts'
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
  /** Where families can turn to outside the centre. */
  places: Pick<PlaceBook, 'all'>
  texts: Texts
  consents: Consents
  organisation: {
    name: string
    address: string
    contact: string
    helplines?: readonly Helpline[]
    /** What is left of a hidden chat, and what brings it back; absent: as `locales/` has it. */
    neutral?: { line?: string; word?: string }
  }
  /** The public address of the app; undefined if it has none. */
  publicUrl: string | undefined
  /** Where staff open pages: inside the centre's network if it has such an address, else the public one. */
  pagesUrl: string | undefined
  /** The bot's username, for one-time links. */
  botUsername: () => string
  /** The bytes of a file that somebody sent. Throws if there are more than `most`. */
  fetchFile: (fileId: string, most: number) => Promise<Uint8Array>
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
  /** Whether the current screen is the one that Back has to lead to, rather than an aside. */
  readonly midway: boolean
  now: Date
  /** The person's snapshot, read once at the start of the turn; null before the first consent. */
  who: Snapshot | null
  /** The chat was hidden at the start of the turn. */
  hidden: HiddenChat | null
  /** The answers so far: the draft's, or before the first consent the session's. */
  answers: Answers
  /** Words of danger in what the person has just written; null if there are none. */
  heard: Alarm | null
  /** The draft belongs to an earlier questionnaire or another region, so it starts again. */
  outdated: boolean
  /** Saves the answers: in the draft (durable on return), or in the session before the first consent. */
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
  /** One line above the card that says why it is shown again. */
  notice?: string
  /** Deletes the session once the card is drawn: the person refused to be known, or asked to be forgotten. */
  forget?: true
  /** Leaves the live card undrawn, because it already shows the right content. */
  still?: boolean
} & Pick<Reply, 'fresh' | 'tapped' | 'aside' | 'attachment' | 'commandMenu' | 'neutral' | 'clear'>

/** Whose conversation words belong to. */
export type About =
  | { kind: 'family'; familyId: string; visitId?: string; activityId?: string }
  | { kind: 'request' }

type Answer = Promise<Step | null> | Step | null

/** Handles a link; `arg` is the raw argument from the callback data. Returns null if it is forged or malformed. */
export type FollowLink = (turn: Turn, arg: string) => Answer

export type ScreenCommand = {
  /** The key of the text beside the command in the app's menu. */
  description: string
  /** In whose menu the app offers it, and at which place; those of `everyone` come last in that of families. */
  menus: Partial<Record<Menu, number>>
  run(turn: Turn): Answer
}
export type Menu = 'everyone' | 'staff' | 'family'

/** The complete definition of a screen: its state, ways in and out, drawing, and the input that it handles. */
export type Screen<Name extends ScreenName = ScreenName> = {
  name: Name
  /** A detour: Back returns to where the person was before. */
  aside?: true
  /** The end of a path: Back has nowhere to return to. */
  ends?: true | ((state: StateOf<Name>) => boolean)
  /** Its card begins with a greeting: a line above it does not greet again. */
  greets?: true
  /** Whether a push may arrive while it is shown. Defaults to true unless the screen expects words. */
  interruptible?: boolean
  /** Fields that may change on the same card, such as its page. A change of any other field makes a new card. */
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
  /** Whether what it asks has been answered although the session does not know: then words lead where `afterCommit` does. */
  behind?(turn: Turn, state: StateOf<Name>): Promise<boolean>
  draw(turn: Turn, state: StateOf<Name>): Promise<View> | View
  /** Handles a tap on a button of this card. */
  tap?(turn: Turn, state: StateOf<Name>, tap: Tap): Answer
  /** What words that answer no question are about while it is shown: whose conversation, which visit. */
  about?(turn: Turn, state: StateOf<Name>): Promise<About | null> | About | null
  /** Takes text that follows at once, after the screen was left with an answer in words. */
  more?(turn: Turn, state: StateOf<Name>, text: string): Answer
  /** Handles typed text. Null or absent if this screen expects none. */
  words?(turn: Turn, state: StateOf<Name>, text: string): Answer
  /** Handles a file. Null or absent if this screen expects none. */
  file?(turn: Turn, state: StateOf<Name>, sent: SentFile): Answer
  contact?(turn: Turn, state: StateOf<Name>, contact: { phone: string; own: boolean }): Answer
  /** Handles a place on the map, given in words with a link. Null or absent if this screen expects none. */
  place?(turn: Turn, state: StateOf<Name>, words: string): Answer
} & StateSchema<Name> &
  ([keyof LinksOf<Name>] extends [never]
    ? { links?: never }
    : { links: Record<keyof LinksOf<Name>, FollowLink> })

/** The schema of the state, required unless the screen is stateless. */
type StateSchema<Name extends ScreenName> = [keyof ScreenStates[Name]] extends [never]
  ? { state?: never }
  : { state: z.ZodObject & z.ZodType<ScreenStates[Name]> }

/**
 * Defines a screen; `ScreenStates` and `Links` in `registry.ts` say what the definition has to hold. Everything else
 * that concerns it (the session's schema, Back, interruption, links, commands) derives from the definition.
 */
export const defineScreen = <Name extends ScreenName>(screen: Screen<Name>): Screen<Name> => screen

/** A link whose argument is an id. Anything else is refused as forged. */
export const byId =
  (follow: (turn: Turn, id: string) => Answer): FollowLink =>
  (turn, arg) =>
    z.uuid().safeParse(arg).success ? follow(turn, arg) : null

/** A tap on the pager's buttons: the same card at another page; null for any other tap. */
export const turnPage = <State extends ScreenState>(state: State, tap: Tap): { to: State } | null => {
  const page = pageOf(tap)
  return page === null ? null : { to: { ...state, page } }
}

/** This input's work has already been committed by an earlier delivery. */
export class AlreadyDone extends Error {
  override name = 'AlreadyDone'
}

/** Another delivery has changed the draft; the turn is read and handled again. */
export class ReadAgain extends Error {
  override name = 'ReadAgain'
}
