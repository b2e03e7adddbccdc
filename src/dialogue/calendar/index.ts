import { calendarFileScreen } from './calendar-file-screen.ts'
import { calendarScreen } from './calendar-screen.ts'

export const calendarScreens = {
  'calendar-file': calendarFileScreen,
  calendar: calendarScreen,
}
