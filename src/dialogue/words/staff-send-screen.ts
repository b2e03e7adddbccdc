import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { paragraphs } from '#dialogue/card-builder.ts'
import { readSafety } from '#dialogue/families/read-safety.ts'
import { nameBesideRole } from '#dialogue/families/member-name-view.ts'
import { safetyText } from '#dialogue/families/safety-view.ts'
import { passOn, saidFile, saidWords } from '#dialogue/messages/compose-message.ts'
import { refusedView } from '#dialogue/messages/refused-file.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { attachedFile, type MessageContent } from '#features/messages/message-files.ts'
import { answerMember, correspondentOf, mustBeAllowedToAnswer } from '#features/messages/threads.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { noteCase } from '#features/requests/act-on-case.ts'
import { claimedCaseFor, requestForStaff } from '#features/requests/cases.ts'
import { isOpen, writeToFamily } from '#features/requests/conversation.ts'
import { addresseeOf } from '#dialogue/requests/staff-case-view.ts'
import { isSilenced } from '#features/requests/family-notice.ts'
import type { StaffRecipient } from './staff-recipient.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'staff-send': z.infer<typeof staffSendState>
  }
}

/** An album, or what was cut in two; more is sent first. */
const mostFiles = 10

const staffSendState = z.object({
  to: z.union([z.object({ memberId: z.uuid() }), z.object({ requestId: z.uuid() })]),
  text: z.string().max(2 * longestMessage),
  files: z.array(attachedFile).max(mostFiles),
})
type Unsent = z.infer<typeof staffSendState>

/** Words that staff have typed beside «Ответить»: they are sent once it is confirmed to whom, and nowhere else. */
export const offerToSend = async (turn: Turn, to: StaffRecipient, content: MessageContent): Promise<Step> => {
  const { session, say } = turn
  if ('requestId' in to) {
    if (!(await isTheirs(turn, to.requestId))) return notTheirs(turn, to)
    if ((await claimedCaseFor(turn.deps.database, turn.who?.staff, to.requestId)).source !== 'bot')
      return { to: session.screen, notice: say.t('act.callerReads') }
    if (content.file && content.text === null)
      return { to: session.screen, notice: say.t('staffSend.wordsOnly') }
  } else if (!(await mayWrite(turn, to))) return { to: session.screen, notice: say.t('words.nobody') }
  const { screen } = session
  const before = screen.name === 'staff-send' ? screen : null
  const same = before !== null && idOf(before.to) === idOf(to)
  const { text, files } = same ? before : { text: '', files: [] }
  const file = 'memberId' in to ? content.file : null
  const all = {
    text: [text, content.text ?? ''].filter((part) => part !== '').join('\n'),
    files: file ? [...files, file] : files,
  }
  if (countCharacters(all.text) > longestMessage || all.files.length > mostFiles)
    return { to: screen, aside: { view: refusedView(say.t('staffSend.full')) } }
  const notice = [
    before !== null && !same && say.t('staffSend.replaced'),
    content.file !== null && file === null && say.t('staffSend.wordsOnly'),
  ]
    .filter(Boolean)
    .join(' ')
  return { to: { name: 'staff-send', to, ...all }, ...(notice !== '' && { notice }) }
}

const idOf = (to: StaffRecipient): string => ('memberId' in to ? to.memberId : to.requestId)

const asStaff = ({ who, now }: Turn) => ({ staff: who?.staff, now })

const recipientIn = (turn: Turn, { memberId }: { memberId: string }) =>
  turn.deps.database.transaction((tx) => correspondentOf(tx, turn.deps, { ...asStaff(turn), memberId }))

/** A notice may be older than their right to answer it. */
const mayWrite = (turn: Turn, to: { memberId: string }): Promise<boolean> =>
  granted(() =>
    turn.deps.database.transaction((tx) => mustBeAllowedToAnswer(tx, { ...asStaff(turn), ...to })),
  )

const isTheirs = ({ deps, who }: Turn, requestId: string): Promise<boolean> =>
  granted(() => claimedCaseFor(deps.database, who?.staff, requestId))

/** The card to take it from, if they may see it. */
const notTheirs = async ({ deps, who, session, say }: Turn, to: { requestId: string }): Promise<Step> => {
  const visible = await orNull(() => requestForStaff(deps.database, who?.staff, to.requestId))
  return visible
    ? { to: placeOf(to), notice: say.t(`staffSend.${isOpen(visible) ? 'notYours' : 'over'}`) }
    : { to: session.screen, notice: say.t('words.nobody') }
}

const granted = async (asked: () => Promise<unknown>): Promise<boolean> =>
  (await orNull(() => asked().then(() => true))) ?? false

/** Null: it is refused. */
const orNull = async <T>(asked: () => Promise<T>): Promise<T | null> => {
  try {
    return await asked()
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

/** «Отправить это?», with the name of whoever will read it and what is known of their safety. */
export const staffSendScreen = defineScreen({
  name: 'staff-send',
  state: staffSendState,
  aside: true,
  varies: ['text', 'files'],
  afterCommit: (_, { to }) => placeOf(to),
  draw: async (turn, state) => {
    const { builder, say } = turn
    const html = paragraphs(
      say.t('staffSend.title'),
      ...(await addressed(turn, state.to)),
      state.text !== '' && say.t('staffSend.words', { words: shortened(state.text) }),
      state.files.length > 0 && say.t('staffSend.files', { count: state.files.length }),
    )
    return builder.card(
      'staff-send',
      html,
      [
        [builder.button(say.label('staffSend.send'), 'yes')],
        // What is typed below a case may be about the family as well as for it.
        ...('requestId' in state.to && state.text !== ''
          ? [[builder.button(say.label('staffSend.note'), 'set', 'note')]]
          : []),
        [builder.button(say.label('staffSend.drop'), 'no')],
      ],
      { confidential: true, back: false },
    )
  },
  tap: (turn, state, tap) => {
    if (tap.action === 'no') return { to: placeOf(state.to), notice: turn.say.t('staffSend.dropped') }
    if (tap.action === 'set' && tap.arg === 'note') return noteInstead(turn, state)
    return tap.action === 'yes' ? sendNow(turn, state) : null
  },
  words: (turn, { to }, text) => take(turn, to, saidWords(text)),
  file: (turn, { to }, sent) => take(turn, to, saidFile(sent)),
})

const take = (turn: Turn, to: StaffRecipient, content: MessageContent): Promise<Step | null> =>
  passOn(turn, content, turn.session.screen, (said) => offerToSend(turn, to, said))

const placeOf = (to: StaffRecipient): Step['to'] =>
  'memberId' in to ? { name: 'thread', memberId: to.memberId } : { name: 'case', requestId: to.requestId }

const addressed = async (turn: Turn, to: StaffRecipient): Promise<string[]> => {
  const { say, deps, now, who } = turn
  if ('requestId' in to) {
    const request = await claimedCaseFor(deps.database, who?.staff, to.requestId)
    return [say.t(`staffSend.request.${addresseeOf(request)}`, { number: request.number })]
  }
  const { family, member } = await recipientIn(turn, to)
  const role = say.label(`thread.roles.${member.role}`)
  const safety = safetyText(say, await readSafety(turn, family.id), { timeZone: deps.region.timeZone, now })
  return [
    say.t('staffSend.member', { name: nameBesideRole(say, member.name), role, number: family.number }),
    ...(safety ? [safety] : []),
  ]
}

/** Keeps the words as a note that only staff read. */
const noteInstead = async (turn: Turn, { to, text }: Unsent): Promise<Step | null> => {
  if (!('requestId' in to) || text === '') return null
  const { deps, who, now, say } = turn
  await turn.once((tx) => noteCase(tx, deps, { staff: who?.staff, requestId: to.requestId, text, now }))
  return { to: placeOf(to), notice: say.t('act.jotted') }
}

const longestShown = 300

const shortened = (text: string): string => {
  const letters = [...text]
  return letters.length <= longestShown ? text : `${letters.slice(0, longestShown).join('')}…`
}

const sendNow = async (turn: Turn, { to, text, files }: Unsent): Promise<Step> => {
  const { deps, who, now, say } = turn
  if ('requestId' in to) {
    const { requestId } = to
    const { silent, addressee } = await turn.once(async (tx) => {
      const request = await claimedCaseFor(tx, who?.staff, requestId)
      if (!who?.staff) throw new DomainError('not-found')
      await writeToFamily(tx, deps, { requestId, staffId: who.staff.id, text, now })
      return { silent: await isSilenced(tx, deps.sealer, request), addressee: addresseeOf(request) }
    })
    const notice = say.t(silent ? 'case.writtenSilently' : `case.written.${addressee}`)
    return { to: placeOf(to), notice }
  }
  const contents: MessageContent[] = [
    ...(text === '' ? [] : [{ text, file: null }]),
    ...files.map((file) => ({ text: null, file })),
  ]
  const told = await turn.once(async (tx) => {
    let all = true
    for (const said of contents)
      all = (await answerMember(tx, deps, { ...asStaff(turn), memberId: to.memberId, said })).told && all
    return all
  })
  return { to: placeOf(to), notice: say.t(told ? 'thread.sent' : 'thread.sentSilently') }
}
