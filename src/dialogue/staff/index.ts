import { colleagueScreen, colleaguesScreen } from './colleagues-screen.ts'
import { deskScreen } from './desk-screen.ts'
import { handWorkScreen } from './hand-work-screen.ts'

export const staffScreens = {
  colleagues: colleaguesScreen,
  colleague: colleagueScreen,
  'hand-work': handWorkScreen,
  desk: deskScreen,
}
