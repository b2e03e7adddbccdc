import { paragraphs } from '#dialogue/card-builder.ts'
import { onward } from '#dialogue/intake/next-question.ts'
import { refusedView } from '#dialogue/messages/refused-file.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { takeHeld, withStory } from './story-words.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'hand-over': Stateless
  }
}

/** Words of somebody who has not agreed to be known: the session keeps them, and they are offered the way to people. */
export const hold = (turn: Turn, content: MessageContent): Step => {
  const { session, say } = turn
  const { text = '', files = [] } = session.held ?? {}
  const held = withStory({ ownWords: text || null, ownFiles: files }, content)
  if (!held) return { to: { name: 'hand-over' }, aside: { view: refusedView(say.t('words.storyFull')) } }
  const again = session.held !== undefined
  session.held = { text: held.ownWords ?? '', files: held.ownFiles ?? [] }
  return { to: { name: 'hand-over' }, ...(again && { notice: say.t('words.kept') }) }
}

/** «Передать это специалистам?»: one tap to the application with these words in it. */
export const handOverScreen = defineScreen({
  name: 'hand-over',
  aside: true,
  interruptible: false,
  draw: ({ builder, say, deps }) =>
    builder.card(
      'hand-over',
      paragraphs(say.t('words.held'), say.t('words.heldHow', { contact: deps.organisation.contact })),
      [
        [builder.button(say.label('words.handOver'), 'yes')],
        [builder.button(say.label('words.erase'), 'no')],
        // «Заберут ли детей?» has an answer that waits for nobody.
        [builder.guide(say.label('fears.openButton'), 'fears')],
      ],
      { back: false },
    ),
  tap: async (turn, _, tap) => {
    const { session, say } = turn
    if (tap.action === 'no') {
      delete session.held
      return { to: session.before ?? { name: 'home' }, notice: say.t('words.erased') }
    }
    if (tap.action !== 'yes') return null
    if (turn.who?.openRequest) return { to: { name: 'status' } }
    await takeHeld(turn)
    return { to: onward(turn) }
  },
})
