import { planVisitScreen } from './staff-plan-visit-screen.ts'
import { cancelVisitScreen, staffVisitScreen } from './staff-visit-screen.ts'
import { familyVisitsScreen, myVisitsScreen } from './staff-visits-screen.ts'
import { visitLateScreen, visitSlotsScreen, visitWordsScreen } from './visit-answer-screens.ts'
import { visitDoorScreen, visitScreen } from './visit-screen.ts'
import { visitsScreen } from './visits-screen.ts'

export const visitScreens = {
  'f-visit': staffVisitScreen,
  'f-visit-cancel': cancelVisitScreen,
  'plan-visit': planVisitScreen,
  'my-visits': myVisitsScreen,
  'f-visits': familyVisitsScreen,
  'visit-slots': visitSlotsScreen,
  'visit-words': visitWordsScreen,
  'visit-late': visitLateScreen,
  visit: visitScreen,
  'visit-door': visitDoorScreen,
  visits: visitsScreen,
}
