import type { Screen, Turn } from '../screen.ts'
import type { ScreenName, ScreenState } from '../session.ts'
import type { View } from '../view.ts'
import * as around from './around.ts'
import * as ends from './intake/ends.ts'
import { questionScreen } from './intake/question.ts'
import { changeScreen, submitScreen, summaryScreen } from './intake/summary.ts'
import { calendarScreen } from './family/calendar.ts'
import { calendarFileScreen } from './family/calendar-file.ts'
import { activityScreen } from './family/activity.ts'
import { familiesScreen } from './family/families.ts'
import { joinScreen } from './family/join.ts'
import { messagesScreen, messagesWriteScreen } from './family/messages.ts'
import { pushModeScreen, quietHoursScreen, settingsScreen } from './family/settings.ts'
import { saidDoneScreen } from './family/said-done.ts'
import { surveyScreen } from './family/survey.ts'
import { surveyCheckScreen } from './family/survey-check.ts'
import { surveyEndScreen, surveyLaterScreen } from './family/survey-ends.ts'
import { surveyHeavyScreen } from './family/survey-heavy.ts'
import { surveyQuestionScreen } from './family/survey-question.ts'
import { surveyRescueScreen } from './family/survey-rescue.ts'
import { visitDoorScreen, visitScreen } from './family/visit.ts'
import { visitLateScreen, visitSlotsScreen, visitWordsScreen } from './family/visit-answers.ts'
import { visitsScreen } from './family/visits.ts'
import { planChangeScreen, planChangesScreen, planWordsScreen } from './family/plan-changes.ts'
import { planListScreen, planScreen } from './family/plan.ts'
import * as own from './own-request.ts'
import { caseScreen } from './staff/case.ts'
import { caseloadScreen, familyCaseScreen } from './staff/family.ts'
import { familyAskScreen } from './staff/family-ask.ts'
import { familyAddScreen, familyInviteScreen } from './staff/family-invite.ts'
import { saidScreen, staffPlanScreen } from './staff/plan.ts'
import { resultsScreen } from './staff/results.ts'
import {
  tellDoneScreen,
  tellSaidScreen,
  tellSurveyScreen,
  tellToldScreen,
  tellWhomScreen,
} from './staff/said-done-write.ts'
import { joinedScreen, queueScreen } from './staff/queue.ts'
import { familyThreadsScreen, threadScreen, threadWriteScreen } from './staff/thread.ts'
import { cancelVisitScreen, staffVisitScreen } from './staff/visit.ts'
import { familyVisitsScreen, myVisitsScreen } from './staff/visits.ts'
import { passOnScreen, writeScreen } from './staff/words.ts'

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
