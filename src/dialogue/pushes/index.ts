import { pushModeScreen, quietHoursScreen, settingsScreen } from './settings-screen.ts'

export const pushScreens = {
  settings: settingsScreen,
  'push-mode': pushModeScreen,
  'quiet-hours': quietHoursScreen,
}
