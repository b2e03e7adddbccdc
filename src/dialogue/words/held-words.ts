import { paragraphs } from '#dialogue/card-builder.ts'
import { beginIntake, holdsUnderTen } from '#dialogue/intake/begin-intake.ts'
import { refusedView } from '#dialogue/messages/refused-file.ts'
import { sentIn } from '#dialogue/messages/sent-in.ts'
import { noteApartLine } from '#dialogue/requests/note-apart-receipt.ts'
import type { ScreenState, Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { talkAt } from '#features/danger/going-on.ts'
import { isEnglish } from '#features/words/is-english.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { writeAsMember } from '#features/messages/messages-for-member.ts'
import { addNote, type Noted } from '#features/requests/request-notes.ts'
import { humanLines } from './heavy-line.ts'
import { holdMore } from './story-words.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'hand-over': Stateless
  }
  interface Links {
    'pass-held': 'hand-over'
    'drop-held': 'hand-over'
  }
}

/** Words of somebody who has not agreed to be known: the session keeps them, and they are offered the way to people. */
export const hold = (turn: Turn, content: MessageContent): Step => {
  const { session, say } = turn
  const again = session.held !== undefined
  const held = holdMore(turn, content)
  // A child under ten calls an adult, and applies for nothing.
  if (isUnderTenScreen(session.screen)) return { to: { name: 'under-ten-help' } }
  // Whoever is invited answers the invitation, not an application: its buttons stay.
  const { screen } = session
  const invited = screen.name === 'join' || screen.name === 'together-join' ? screen : null
  if (!held)
    return { to: invited ?? { name: 'hand-over' }, aside: { view: refusedView(say.t('words.storyFull')) } }
  if (invited) return { to: invited, notice: say.t('words.heldInvited') }
  const notice = [
    again && say.t('words.kept'),
    say.language === 'ru' && isEnglish(content.text ?? '') && say.t('words.inEnglish'),
  ]
    .filter(Boolean)
    .join(' ')
  return { to: { name: 'hand-over' }, ...(notice && { notice }) }
}

const isUnderTenScreen = ({ name }: ScreenState): boolean => name === 'under-ten' || name === 'under-ten-help'

/** «Передать это специалистам?»: one tap to the application with these words in it. */
export const handOverScreen = defineScreen({
  name: 'hand-over',
  aside: true,
  interruptible: false,
  // From the menu, which says that words are held; what was passed on or erased since leads to the menu.
  links: {
    'pass-held': (turn) => (turn.session.held ? passHeld(turn) : { to: { name: 'home' } }),
    'drop-held': (turn) => dropHeld(turn, { name: 'home' }),
  },
  draw: (turn) => {
    const { builder, say, deps } = turn
    const known = isKnown(turn)
    const child = !known && holdsUnderTen(turn)
    const how = known
      ? say.t('words.heldKnown')
      : // A child under ten is asked for no consent.
        say.t(child ? 'words.heldUnderTen' : 'words.heldHow', {
          contact: deps.organisation.contact,
        })
    // The short way stays one tap away as long as the talk is about danger; a child's own button leads there.
    const danger = !known && !child && talkAt(turn.session.danger ?? null, turn.now) !== null
    return builder.card(
      'hand-over',
      paragraphs(...humanLines(say, turn.session.held?.text ?? ''), say.t('words.held'), how),
      [
        ...(danger ? [[builder.link(say.label('danger.quick'), 'quick')]] : []),
        [builder.button(say.label(child ? 'underTen.call' : 'words.handOver'), 'yes')],
        [builder.button(say.label('words.erase'), 'no')],
        // «Заберут ли детей?» has an answer that waits for nobody.
        [builder.guide(say.label('fears.openButton'), 'fears')],
      ],
      { back: false },
    )
  },
  tap: (turn, _, tap) => {
    if (tap.action === 'no') return dropHeld(turn, turn.session.before ?? { name: 'home' })
    if (tap.action !== 'yes') return null
    return !isKnown(turn) && holdsUnderTen(turn) ? { to: { name: 'under-ten-help' } } : passHeld(turn)
  },
})

const passHeld = (turn: Turn): Promise<Step> => (isKnown(turn) ? sendHeld(turn) : beginIntake(turn))

const dropHeld = ({ session, say }: Turn, to: ScreenState): Step => {
  const { held } = session
  delete session.held
  return { to, ...(held && { notice: say.t('words.erased') }) }
}

/** Somebody reads them already: they have joined a family, or sent a request, since they wrote. */
const isKnown = ({ who }: Turn): boolean =>
  who != null && (who.families.length > 0 || who.openRequest != null)

/** Passes the words on to the curator of the family, else to the open request: all of them, or none. */
const sendHeld = async (turn: Turn): Promise<Step> => {
  const { deps, who, session, now } = turn
  const { text = '', files = [] } = session.held ?? {}
  const contents: MessageContent[] = [
    ...(text === '' ? [] : [{ text, file: null }]),
    ...files.map((file) => ({ text: null, file })),
  ]
  const familyId = who?.families.length ? familyForMember(who, session.familyId).id : null
  const noted: Noted[] = []
  await turn.once(async (tx) => {
    noted.length = 0
    for (const said of contents) {
      if (familyId === null) noted.push(await addNote(tx, deps, { who, said, now }))
      else await writeAsMember(tx, deps, { who, familyId, said, now })
    }
  })
  delete session.held
  const apart = noted.find((one) => one.apart)?.apart
  if (apart) return { to: { name: 'status' }, notice: await noteApartLine(turn, apart) }
  return familyId === null ? { to: { name: 'status', just: 'noted' } } : { to: await sentIn(turn, familyId) }
}
