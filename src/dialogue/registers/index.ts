import { caseFactsScreen } from './case-facts-screen.ts'
import { helpResultsScreen } from './help-results-screen.ts'

export const registerScreens = {
  'help-results': helpResultsScreen,
  'case-facts': caseFactsScreen,
}
