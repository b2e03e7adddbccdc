import { DomainError } from '#core/errors.ts'
import type { HiddenChat } from '#storage/hiding/hidden-chats.ts'
import { afterCommit } from './after-commit.ts'
import { decodeTap, type LinkTap, type Tap } from './callback-data.ts'
import { dangerCard, isDangerCard } from './danger-card.ts'
import { followLink, runCommand } from './entry-points.ts'
import { errorTexts } from './errors.ts'
import { listenTo, talkOfDanger } from './hearing.ts'
import { hiddenOf, whileHidden } from './hiding/while-hidden.ts'
import { crisisView } from './home/crisis-view.ts'
import type { Input } from './input.ts'
import { createKnownPeople } from './known.ts'
import { rememberBack, sameCard } from './navigation.ts'
import { AlreadyDone, type DialogueDeps, ReadAgain, type Step, type Turn } from './screen.ts'
import { screenOf } from './screens.ts'
import { mostNotices, remember, type Session, seenBefore } from './session.ts'
import { standaloneReply } from './standalone.ts'
import { openTurn } from './turn.ts'
import type { Reply, View } from './view.ts'
import { corrected, gestured } from './words/beside-words.ts'
import { hear } from './words/hear.ts'
import { moved } from './words/live-place.ts'
import { toCentre } from './words/to-centre.ts'

type AnyTap = Tap | LinkTap

export type Dialogue = {
  /**
   * Handles one input on the screen that the person sees, and draws what comes next. Changes the session in place.
   * Throws only for faults that the person did not cause; nothing is committed then.
   */
  handle(input: Input, session: Session): Promise<Reply>
  /** Redraws the person's current screen, after a card could not be sent. */
  redraw(of: Pick<Input, 'channel' | 'account'>, session: Session): Promise<Reply>
}

export const createDialogue = (deps: DialogueDeps): Dialogue => {
  const known = createKnownPeople()
  /** Accounts of hidden chats that this process has heard of: they stay silent in an outage, too. */
  const away = new Set<string>()
  const redraw: Dialogue['redraw'] = async ({ channel, account }, session) => {
    const turn = await openTurn(
      deps,
      { channel, id: '', order: 0, account, event: { kind: 'unreadable' } },
      session,
      { known, trusting: false, unasked: true },
    )
    if (hiddenOf(turn)) return {}
    // It covered the screen before: so it does again, whatever the screen.
    const { heard, moment } = session
    if (heard) turn.heard = { kinds: heard, urgent: false, listed: false, ...(moment && { moment }) }
    const notice = session.unsent && turn.say.t('card.notSent')
    const shown = await show(turn, { to: session.screen, ...(notice && { notice }) })
    const covered = session.crisis !== undefined && shown.card
    const card = covered ? withNotices(crisisView(turn.builder), session) : shown.card
    return { ...shown, ...(card && { card }), fresh: true }
  }

  return {
    handle: async (input, session) => {
      const tap = input.event.kind === 'tap' ? decodeTap(input.event.data) : null
      const standing = await standaloneReply(deps, tap, { account: input.account, away })
      if (standing) return standing
      if (seenBefore(session, input)) return session.undrawn ? redraw(input, session) : {}
      // Text that was written before the crisis card and arrives late answers its own question.
      const underCrisis = session.crisis !== undefined && input.order > session.crisis && isWords(input)
      // A shared position moves on by itself: the card stays on the screen.
      if (!underCrisis && input.event.kind !== 'moved') delete session.crisis
      delete session.forget
      if (isEarlier(input, session)) input.unseen = true
      for (let attempt = 1; ; attempt += 1) {
        try {
          const trusting = attempt === 1 && !session.hidden && isAnswer(input, session)
          const turn = await openTurn(deps, input, session, { known, trusting })
          const hidden = hiddenOf(turn)
          if (!hidden) delete session.hidden
          const reply = await (hidden ? silent(turn, hidden) : answer(turn, { tap, underCrisis }))
          away[session.hidden ? 'add' : 'delete'](input.account)
          remember(session, input)
          return reply
        } catch (error) {
          if (!(error instanceof ReadAgain) || attempt === 3) throw error
        }
      }
    },
    redraw,
  }
}

/** Whether the input answers a question of the questionnaire. */
const isAnswer = ({ event }: Input, { screen }: Session): boolean =>
  screen.name === 'question' && (event.kind === 'tap' || event.kind === 'text' || event.kind === 'contact')

/** The numbers of a channel may start again lower, after days; what came before a tap is close to it. */
const close = 10_000

/** Whether it was sent before the tap that brought the question, on whose message the question is drawn. */
const isEarlier = ({ event, order }: Input, { turned = order }: Session): boolean =>
  event.kind !== 'tap' && order < turned && turned - order < close

/** Of a hidden chat; whoever is back sees the menu. */
const silent = async (turn: Turn, hidden: HiddenChat): Promise<Reply> => {
  const told = await whileHidden(turn, hidden)
  return 'to' in told ? show(turn, told) : told
}

const isWords = ({ event }: Input): boolean =>
  event.kind !== 'tap' && event.kind !== 'command' && event.kind !== 'moved'

type Heard = { tap: AnyTap | null; underCrisis: boolean }

const answer = async (turn: Turn, heard: Heard): Promise<Reply> => {
  turn.heard = await listenTo(turn, heard.underCrisis)
  const reply = await show(turn, await decide(turn, heard))
  if (!heard.underCrisis || !reply.card) return reply
  // What to do at a door says more than the numbers do.
  if (turn.heard?.moment && turn.session.heard) {
    delete turn.session.crisis
    return { ...reply, fresh: true }
  }
  // Words under the crisis card are a cry for help, and no answer to the question that it covers. The question whether
  // to pass them on is behind it.
  if (turn.session.screen.name === 'hand-over') owe(turn.session, turn.say.t('words.heldBehind'))
  return { ...reply, card: withNotices(crisisView(turn.builder), turn.session), fresh: true }
}

/** Follows the step. That the person may not see its target (any more) is only noticed while drawing it. */
const show = async (turn: Turn, step: Step): Promise<Reply> => {
  try {
    return await follow(turn, step)
  } catch (error) {
    if (error instanceof DomainError) return follow(turn, refused(turn, error))
    throw error
  }
}

const follow = async (turn: Turn, step: Step): Promise<Reply> => {
  const { session } = turn
  if (!sameCard(session.screen, step.to)) {
    if (isDangerCard(step.to)) talkOfDanger(turn, null)
    session.revision += 1
    session.turned = turn.input.order
    delete session.since
  }
  rememberBack(session, step.to)
  session.screen = step.to
  if (turn.who?.draft) session.draft = turn.who.draft.revision
  else delete session.draft
  const { to, still, notice, forget, ...rest } = step
  if (forget) session.forget = forget
  if (notice && !step.attachment) owe(session, notice)
  if (still) return rest
  // Words of danger: the numbers come first, and the screen to which they led is behind them.
  const danger = dangerCard(turn, to)
  if (danger) {
    session.heard = [...danger.kinds]
    delete session.moment
    if (turn.heard?.moment) session.moment = turn.heard.moment
    if (danger.notice) owe(session, danger.notice)
    return { ...rest, card: withNotices(danger.view, session) }
  }
  delete session.heard
  delete session.moment
  const card = withNotices(await screenOf(to).draw(turn, to), session)
  // That a file came is not owed: if it cannot be sent, the next card says so.
  return { ...rest, card: notice && step.attachment ? noticed(card, notice) : card }
}

const owe = (session: Session, notice: string): void => {
  session.notices = [...new Set([...(session.notices ?? []), notice])].slice(-mostNotices)
}

const noticed = (card: View, notice: string): View => ({
  ...card,
  html: `<i>${notice}</i>\n\n${card.html}`,
})

/** Lines that are owed since an earlier input, whose card was left to this one, stand above it as well. */
const withNotices = (card: View, { notices = [] }: Session): View => ({
  ...card,
  html: [...notices.map((notice) => `<i>${notice}</i>`), card.html].join('\n\n'),
})

const decide = async (turn: Turn, heard: Heard): Promise<Step> => {
  try {
    return await understand(turn, heard)
  } catch (error) {
    if (error instanceof AlreadyDone) return { to: await afterCommit(turn, heard.tap) }
    if (error instanceof DomainError) return refused(turn, error)
    throw error
  }
}

/** Returns to the menu and gives the reason in the person's language. */
const refused = ({ say, input }: Turn, { code }: DomainError): Step => {
  const text = say.label(errorTexts[code])
  return { to: { name: 'home' }, ...(input.event.kind === 'tap' ? { toast: text } : { notice: text }) }
}

const understand = async (turn: Turn, { tap, underCrisis }: Heard): Promise<Step> => {
  const { event } = turn.input
  const { screen } = turn.session
  switch (event.kind) {
    case 'command':
      return (await runCommand(turn, event.name, event.payload)) ?? stale(turn)
    case 'tap':
      return (await tapped(turn, tap, event.messageId)) ?? stale(turn)
    case 'gesture':
      return gestured(turn, event.emoji)
    case 'edited':
      return corrected(turn, event.now)
    case 'moved':
      return moved(turn, event)
    case 'unreadable':
      return { to: screen, notice: turn.say.t('words.unreadable') }
    default:
      // The question is not on the screen: a crisis card covers it.
      return underCrisis || turn.session.heard ? toCentre(turn, event) : hear(turn, event)
  }
}

const tapped = async (turn: Turn, tap: AnyTap | null, messageId: string): Promise<Step | null> => {
  const { session } = turn
  const { screen } = session
  if (!tap) return null
  if (tap.revision === null) return followLink(turn, tap)
  if (tap.revision !== session.revision || messageId !== session.cardId) return null
  // They have gone on: what they write now belongs to the card that follows.
  delete session.answered
  const step = await screenOf(screen).tap?.(turn, screen, tap)
  return !step && tap.action === 'back' ? { to: session.before ?? { name: 'home' } } : (step ?? null)
}

/** A button of an earlier card answers nothing; the current card is drawn again. */
const stale = (turn: Turn): Step => {
  const { event } = turn.input
  const old = event.kind === 'tap' && event.messageId !== turn.session.cardId
  return {
    to: turn.session.screen,
    toast: turn.say.label('card.stale'),
    ...(old && { tapped: 'strip', fresh: true }),
  }
}
