import { cannotTalkScreen } from './cannot-talk-screen.ts'
import { objectionScreen } from './objection-screen.ts'
import { noteScreen, statusScreen, talkScreen, withdrawScreen } from './own-request-screen.ts'
import { giveScreen, stageScreen } from './staff-act-screens.ts'
import { caseScreen } from './staff-case-screen.ts'
import { decideScreen } from './staff-decide-screen.ts'
import { jotScreen } from './staff-note-screen.ts'
import { phoneCallScreen } from './staff-phone-call-screen.ts'
import { joinedScreen, queueScreen } from './staff-queue-screen.ts'
import { notUrgentScreen, safetyCheckScreen } from './staff-safety-screens.ts'
import { passOnScreen, writeScreen } from './staff-words-screen.ts'

export const requestScreens = {
  'cannot-talk': cannotTalkScreen,
  status: statusScreen,
  note: noteScreen,
  objection: objectionScreen,
  talk: talkScreen,
  withdraw: withdrawScreen,
  case: caseScreen,
  jot: jotScreen,
  stage: stageScreen,
  give: giveScreen,
  decide: decideScreen,
  'phone-call': phoneCallScreen,
  queue: queueScreen,
  joined: joinedScreen,
  'pass-on': passOnScreen,
  write: writeScreen,
  'not-urgent': notUrgentScreen,
  'safety-check': safetyCheckScreen,
}
