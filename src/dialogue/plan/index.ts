import { activityScreen } from './activity-screen.ts'
import { planChangeScreen, planChangesScreen, planWordsScreen } from './plan-changes-screen.ts'
import { planListScreen, planScreen } from './plan-screen.ts'
import { proposalsScreen, proposeScreen } from './proposals-screen.ts'
import { marksScreen } from './staff-marks-screen.ts'
import { planFileScreen, planSendScreen } from './staff-plan-file-screen.ts'
import { familyProposalsScreen, proposalAnswerScreen } from './staff-proposals-screen.ts'
import { saidScreen, staffPlanScreen } from './staff-plan-screen.ts'

export const planScreens = {
  activity: activityScreen,
  'plan-changes': planChangesScreen,
  'plan-change': planChangeScreen,
  'plan-words': planWordsScreen,
  plan: planScreen,
  'plan-list': planListScreen,
  'f-plan': staffPlanScreen,
  'f-said': saidScreen,
  'f-proposals': familyProposalsScreen,
  'f-proposal-answer': proposalAnswerScreen,
  proposals: proposalsScreen,
  propose: proposeScreen,
  'f-marks': marksScreen,
  'plan-send': planSendScreen,
  'plan-file': planFileScreen,
}
