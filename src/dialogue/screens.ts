import type { Screen, Turn } from './screen.ts'
import type { ScreenName, ScreenState } from './session.ts'
import type { View } from './view.ts'
import * as around from './home/general-screens.ts'
import * as ends from './intake/terminal-screens.ts'
import { questionScreen } from './intake/question-screen.ts'
import { changeScreen, submitScreen, summaryScreen } from './intake/summary-screen.ts'
import { calendarScreen } from './calendar/calendar-screen.ts'
import { calendarFileScreen } from './calendar/calendar-file-screen.ts'
import { activityScreen } from './plan/activity-screen.ts'
import { familiesScreen } from './families/families-screen.ts'
import { joinScreen } from './families/join-screen.ts'
import { messagesScreen, messagesWriteScreen } from './messages/messages-screen.ts'
import { pushModeScreen, quietHoursScreen, settingsScreen } from './pushes/settings-screen.ts'
import { saidDoneScreen } from './surveys/you-said-we-did-screen.ts'
import { surveyScreen } from './surveys/survey-screen.ts'
import { surveyCheckScreen } from './surveys/survey-check-screen.ts'
import { surveyEndScreen, surveyLaterScreen } from './surveys/survey-end-screens.ts'
import { surveyHeavyScreen } from './surveys/survey-crisis-screen.ts'
import { surveyQuestionScreen } from './surveys/survey-question-screen.ts'
import { surveyRescueScreen } from './surveys/survey-rescue-screen.ts'
import { visitDoorScreen, visitScreen } from './visits/visit-screen.ts'
import { visitLateScreen, visitSlotsScreen, visitWordsScreen } from './visits/visit-answer-screens.ts'
import { visitsScreen } from './visits/visits-screen.ts'
import { planChangeScreen, planChangesScreen, planWordsScreen } from './plan/plan-changes-screen.ts'
import { planListScreen, planScreen } from './plan/plan-screen.ts'
import * as own from './requests/own-request-screen.ts'
import { caseScreen } from './requests/staff-case-screen.ts'
import { caseloadScreen, familyCaseScreen } from './families/staff-family-screen.ts'
import { familyAskScreen } from './families/staff-family-ask-screen.ts'
import { familyAddScreen, familyInviteScreen } from './families/staff-family-invite-screen.ts'
import { saidScreen, staffPlanScreen } from './plan/staff-plan-screen.ts'
import { resultsScreen } from './surveys/staff-results-screen.ts'
import {
  tellDoneScreen,
  tellSaidScreen,
  tellSurveyScreen,
  tellToldScreen,
  tellWhomScreen,
} from './surveys/staff-you-said-we-did-screens.ts'
import { joinedScreen, queueScreen } from './requests/staff-queue-screen.ts'
import { familyThreadsScreen, threadScreen, threadWriteScreen } from './messages/staff-thread-screen.ts'
import { cancelVisitScreen, staffVisitScreen } from './visits/staff-visit-screen.ts'
import { familyVisitsScreen, myVisitsScreen } from './visits/staff-visits-screen.ts'
import { passOnScreen, writeScreen } from './requests/staff-words-screen.ts'

const screens: { [Name in ScreenName]: Screen<Name> } = {
  home: around.homeScreen,
  help: around.helpScreen,
  language: around.languageScreen,
  question: questionScreen,
  danger: ends.dangerScreen,
  'too-young': ends.tooYoungScreen,
  younger: ends.youngerScreen,
  refused: ends.refusedScreen,
  'not-now': ends.notNowScreen,
  summary: summaryScreen,
  change: changeScreen,
  submit: submitScreen,
  cancel: ends.cancelScreen,
  cancelled: ends.cancelledScreen,
  status: own.statusScreen,
  note: own.noteScreen,
  talk: own.talkScreen,
  withdraw: own.withdrawScreen,
  queue: queueScreen,
  case: caseScreen,
  'pass-on': passOnScreen,
  write: writeScreen,
  joined: joinedScreen,
  join: joinScreen,
  families: familiesScreen,
  plan: planScreen,
  'plan-list': planListScreen,
  activity: activityScreen,
  'plan-changes': planChangesScreen,
  'plan-change': planChangeScreen,
  'plan-words': planWordsScreen,
  'f-plan': staffPlanScreen,
  'f-said': saidScreen,
  caseload: caseloadScreen,
  'family-case': familyCaseScreen,
  'family-invite': familyInviteScreen,
  'family-add': familyAddScreen,
  'family-ask': familyAskScreen,
  results: resultsScreen,
  'tell-survey': tellSurveyScreen,
  'tell-said': tellSaidScreen,
  'tell-done': tellDoneScreen,
  'tell-whom': tellWhomScreen,
  'tell-told': tellToldScreen,
  settings: settingsScreen,
  'push-mode': pushModeScreen,
  'quiet-hours': quietHoursScreen,
  'said-done': saidDoneScreen,
  survey: surveyScreen,
  'survey-question': surveyQuestionScreen,
  'survey-rescue': surveyRescueScreen,
  'survey-heavy': surveyHeavyScreen,
  'survey-check': surveyCheckScreen,
  'survey-end': surveyEndScreen,
  'survey-later': surveyLaterScreen,
  messages: messagesScreen,
  'messages-write': messagesWriteScreen,
  'f-thread': familyThreadsScreen,
  thread: threadScreen,
  'thread-write': threadWriteScreen,
  visits: visitsScreen,
  visit: visitScreen,
  'visit-slots': visitSlotsScreen,
  'visit-words': visitWordsScreen,
  'visit-late': visitLateScreen,
  'visit-door': visitDoorScreen,
  'my-visits': myVisitsScreen,
  'f-visits': familyVisitsScreen,
  'f-visit': staffVisitScreen,
  'f-visit-cancel': cancelVisitScreen,
  calendar: calendarScreen,
  'calendar-file': calendarFileScreen,
}

/** The screen of a state; its name is what picks it, so state and screen always fit. */
export const screenOf = (state: ScreenState): Screen => screens[state.name] as unknown as Screen

export const drawScreen = async (turn: Turn, state: ScreenState): Promise<View> =>
  screenOf(state).draw(turn, state)
