import { heardNow } from '#dialogue/hearing.ts'
import { apartSentLine } from '#dialogue/messages/messages-view.ts'
import { expectedLine } from '#dialogue/messages/reading-time-view.ts'
import { sentIn } from '#dialogue/messages/sent-in.ts'
import { noteApartLine } from '#dialogue/requests/note-apart-receipt.ts'
import type { ScreenState } from '#dialogue/registry.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { readersForMember, writeAsMember } from '#features/messages/messages-for-member.ts'
import { addNote } from '#features/requests/request-notes.ts'
import { requestReader } from '#features/requests/request-reader.ts'
import type { Destination } from './destination.ts'
import { followPlace } from './live-place.ts'
import { receipt } from './receipt.ts'

/** Sends words to the curator of the family. Words of alarm are answered with where to call, as in a conversation. */
export const sendToFamily = async (
  turn: Turn,
  { kind: _, familyId, pushed: __, ...about }: Extract<Destination, { kind: 'family' }>,
  said: MessageContent,
): Promise<Step> => {
  const { deps, who, now, session, say } = turn
  const { alarming } = await turn.once((tx) =>
    writeAsMember(tx, deps, { who, familyId, said, about, ...heardNow(turn), now }),
  )
  followPlace(turn, familyId)
  // The conversation says itself that it was sent, and who reads it.
  const inIt = session.screen.name === 'messages' && session.screen.familyId === familyId
  const sent = await sentIn(turn, familyId)
  if (alarming || inIt || sent.just === 'apart') return { to: sent }
  const { region } = deps
  const { expected, apart } = await deps.database.transaction((tx) =>
    readersForMember(tx, region, { who, familyId, now }),
  )
  const line = apart
    ? apartSentLine(say, { expected, region, now })
    : expectedLine(say, { expected, region, now })
  const whole: Step = { to: session.screen, notice: `${say.t('messages.sent')} ${line}` }
  return receipt(turn, { readers: familyId, said, apart: apart !== null }, whole)
}

/** Adds words to the request. Words of danger to a closed one have opened another, and the person learns its number. */
export const sendToRequest = async (turn: Turn, said: MessageContent): Promise<Step> => {
  const { deps, who, now, session, say, heard } = turn
  const { anew, apart } = await turn.once((tx) => addNote(tx, deps, { who, said, ...heardNow(turn), now }))
  followPlace(turn, null)
  if (apart) return { to: told(session.screen), notice: await noteApartLine(turn, apart) }
  const expected = await requestReader(deps, who, now)
  const reader = expectedLine(say, { expected, region: deps.region, now })
  const sent = anew === null ? (expected.checking ? 'status.checkSent' : 'messages.sent') : 'status.anew'
  const notice = [
    say.t(sent, { number: anew ?? '' }),
    reader,
    // «С 9:00» is what is promised; words of danger go to their phones at once.
    ...(heard?.urgent && expected.kind === 'from' ? [say.t('status.toldAtOnce')] : []),
    // The danger card has the numbers.
    ...(expected.urgent && !heard ? [say.t('status.call')] : []),
  ].join(' ')
  return receipt(turn, { readers: 'request', said }, { to: told(session.screen), notice })
}

/** The card below a receipt says no more what came before these words: «Принято» answers no note. */
const told = (screen: ScreenState): ScreenState => {
  if (screen.name !== 'status') return screen
  const { just: _, ...status } = screen
  return status
}
