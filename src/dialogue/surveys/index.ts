import { resultsScreen } from './staff-results-screen.ts'
import {
  tellDoneScreen,
  tellSaidScreen,
  tellSurveyScreen,
  tellToldScreen,
  tellWhomScreen,
} from './staff-you-said-we-did-screens.ts'
import { surveyCheckScreen } from './survey-check-screen.ts'
import { surveyCrisisScreen } from './survey-crisis-screen.ts'
import { surveyEndScreen, surveyLaterScreen } from './survey-end-screens.ts'
import { surveyQuestionScreen } from './survey-question-screen.ts'
import { surveyRescueScreen } from './survey-rescue-screen.ts'
import { surveyScreen } from './survey-screen.ts'
import { youSaidWeDidScreen } from './you-said-we-did-screen.ts'

export const surveyScreens = {
  results: resultsScreen,
  'tell-survey': tellSurveyScreen,
  'tell-said': tellSaidScreen,
  'tell-done': tellDoneScreen,
  'tell-whom': tellWhomScreen,
  'tell-told': tellToldScreen,
  'survey-check': surveyCheckScreen,
  'survey-heavy': surveyCrisisScreen,
  'survey-end': surveyEndScreen,
  'survey-later': surveyLaterScreen,
  'survey-question': surveyQuestionScreen,
  'survey-rescue': surveyRescueScreen,
  survey: surveyScreen,
  'said-done': youSaidWeDidScreen,
}
