import { DomainError } from '#core/errors.ts'
import { crisisAction, decodeTap, type LinkTap, readCrisisArg, type Tap } from './callback-data.ts'
import { createCardBuilder } from './card-builder.ts'
import { followLink, runCommand } from './entry-points.ts'
import { errorTexts } from './errors.ts'
import { guideCard } from './guide/guide-card.ts'
import { coversScreen, crisisFacts, hear, isUnsent, keepSaid, keepUnderCard } from './hearing.ts'
import { crisisView } from './home/crisis-view.ts'
import { heardView } from './home/heard-view.ts'
import type { Input } from './input.ts'
import { createKnownPeople, type KnownPeople } from './known.ts'
import { rememberBack, sameCard } from './navigation.ts'
import type { ScreenState } from './registry.ts'
import { AlreadyDone, type DialogueDeps, ReadAgain, type Step, type Turn } from './screen.ts'
import { screenOf } from './screens.ts'
import { mostSeen, type Session } from './session.ts'
import { openTurn } from './turn.ts'
import type { Reply, View } from './view.ts'

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
  const redraw: Dialogue['redraw'] = async ({ channel, account }, session) => {
    const turn = await openTurn(
      deps,
      { channel, id: '', order: 0, account, event: { kind: 'unsupported', what: 'other' } },
      session,
      { known, trusting: false, unasked: true },
    )
    if (session.heard) turn.heard = { kinds: session.heard, urgent: true, listed: false }
    const notice = session.unsent && turn.say.t('card.notSent')
    return { ...(await show(turn, { to: session.screen, ...(notice && { notice }) })), fresh: true }
  }

  return {
    handle: async (input, session) => {
      const tap = input.event.kind === 'tap' ? decodeTap(input.event.data) : null
      if (tap?.action === crisisAction) return crisis(deps, tap)
      const guide = tap && guideCard(deps, tap)
      if (guide) return guide
      if (seenBefore(session, input)) return session.undrawn ? redraw(input, session) : {}
      // Text that was written before the crisis card and arrives late answers its own question.
      const underCrisis = session.crisis !== undefined && input.order > session.crisis
      if (!underCrisis || !isWords(input)) delete session.crisis
      delete session.forget
      if (underCrisis && isWords(input)) return crisisAgain(deps, known, input, session)
      for (let attempt = 1; ; attempt += 1) {
        try {
          const reply = await answer(
            await openTurn(deps, input, session, {
              known,
              trusting: attempt === 1 && isAnswer(input, session),
            }),
            tap,
          )
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
  screen.name === 'question' &&
  event.kind !== 'command' &&
  event.kind !== 'file' &&
  event.kind !== 'unsupported'

/**
 * A second delivery of an input whose card is on the screen. The session is written after the card was drawn, so an input
 * that it remembers needs no drawing, unless its card was left to an input behind it (`undrawn`). An input that it has
 * forgotten is recognised by the database.
 */
const seenBefore = ({ seen = [] }: Session, { id }: Input): boolean => seen.includes(id)

const remember = (session: Session, { id }: Input) => {
  session.seen = [...(session.seen ?? []), id].slice(-mostSeen)
}

/** The crisis card depends on the texts only: no database, no session, no knowledge of the person. */
const crisis = (deps: DialogueDeps, tap: AnyTap): Reply => {
  const { language, address } = readCrisisArg(tap.arg)
  const say = deps.texts.for(language, address)
  return { tapped: crisisView(createCardBuilder(say, 0)), instead: say.label('crisis.short') }
}

const isWords = ({ event }: Input): boolean => event.kind === 'text' || event.kind === 'contact'

/** Text under the crisis card is a cry for help and no answer to the question that it covers: shows the numbers again. */
const crisisAgain = async (
  deps: DialogueDeps,
  known: KnownPeople,
  input: Input,
  session: Session,
): Promise<Reply> => {
  const { say } = await openTurn(deps, input, session, { known, trusting: false })
  remember(session, input)
  return { card: crisisView(createCardBuilder(say, session.revision)), fresh: true }
}

const answer = async (turn: Turn, tap: AnyTap | null): Promise<Reply> => {
  turn.heard = await hear(turn)
  return show(turn, await decide(turn, tap))
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
  if (!sameCard(session.screen, step.to)) session.revision += 1
  rememberBack(session, step.to)
  session.screen = step.to
  if (turn.who?.draft) session.draft = turn.who.draft.revision
  else delete session.draft
  const { to, still, notice, forget, ...rest } = step
  if (forget) session.forget = forget
  if (still) return rest
  if (turn.heard !== null && coversScreen(turn, to)) {
    const { kinds } = turn.heard
    session.heard = [...kinds]
    const unsent = isUnsent(turn)
    keepSaid(turn)
    return {
      ...rest,
      card: withNotice(heardView(turn.builder, { ...crisisFacts(turn, kinds), unsent }), notice),
    }
  }
  delete session.heard
  delete session.said
  return { ...rest, card: withNotice(await screenOf(to).draw(turn, to), notice) }
}

const withNotice = (card: View, notice: string | undefined): View =>
  notice ? { ...card, html: `<i>${notice}</i>\n\n${card.html}` } : card

const decide = async (turn: Turn, tap: AnyTap | null): Promise<Step> => {
  try {
    return (await understand(turn, tap)) ?? unexpected(turn)
  } catch (error) {
    if (error instanceof AlreadyDone) return { to: await afterCommit(turn, tap) }
    if (error instanceof DomainError) return refused(turn, error)
    throw error
  }
}

/**
 * An earlier delivery has committed the work of this input, but its card was never drawn. Continues from what is stored,
 * not from what was on the screen before.
 */
const afterCommit = async (turn: Turn, tap: AnyTap | null): Promise<ScreenState> => {
  const { screen } = turn.session
  const onCard = tap !== null && tap.revision !== null ? tap : null
  return (await screenOf(screen).afterCommit?.(turn, screen, onCard)) ?? screen
}

/** Returns to the menu and gives the reason in the person's language. */
const refused = ({ say, input }: Turn, { code }: DomainError): Step => {
  const text = say.label(errorTexts[code])
  return { to: { name: 'home' }, ...(input.event.kind === 'tap' ? { toast: text } : { notice: text }) }
}

const understand = async (turn: Turn, tap: AnyTap | null): Promise<Step | null> => {
  const { event } = turn.input
  const { screen } = turn.session
  if (event.kind === 'command') return runCommand(turn, event.name, event.payload)
  if ((event.kind === 'text' || event.kind === 'contact') && isBehind(turn))
    return { to: await afterCommit(turn, tap) }
  if (event.kind === 'text' && turn.session.heard) return keepUnderCard(turn, event.text)
  if (event.kind === 'text') return screenOf(screen).words?.(turn, screen, event.text) ?? null
  if (event.kind === 'contact') return screenOf(screen).contact?.(turn, screen, event) ?? null
  const taken = event.kind === 'file' ? await screenOf(screen).file?.(turn, screen, event) : null
  if (taken) return taken
  if (event.kind === 'file' || event.kind === 'unsupported')
    return { to: screen, notice: turn.say.t(`unsupported.${event.what}`) }
  if (!tap) return stale(turn)
  if (tap.revision === null) return (await followLink(turn, tap)) ?? stale(turn)
  if (tap.revision !== turn.session.revision || event.messageId !== turn.session.cardId) return stale(turn)
  const step = await screenOf(screen).tap?.(turn, screen, tap)
  if (!step && tap.action === 'back') return { to: turn.session.before ?? { name: 'home' } }
  return step ?? stale(turn)
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

/**
 * The draft has a newer revision than the screen: an answer was committed whose card the session does not know, because
 * the process died in between or another instance is about to write it. What the person says now was not meant for
 * this question.
 */
const isBehind = ({ session, who }: Turn): boolean =>
  session.screen.name === 'question' &&
  session.draft !== undefined &&
  who?.draft != null &&
  who.draft.revision !== session.draft

/** Text or a contact where the card expects a button: says so and draws the card again. */
const unexpected = (turn: Turn): Step => ({
  to: turn.session.screen,
  notice: turn.say.t(turn.input.event.kind === 'contact' ? 'card.contactNotAsked' : 'card.useButtons'),
})
