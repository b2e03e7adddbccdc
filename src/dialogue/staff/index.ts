import { deskScreen } from './desk-screen.ts'
import { handWorkScreen } from './hand-work-screen.ts'
import { colleaguesScreen, colleagueScreen } from './colleagues-screen.ts'

export const staffScreens = {
  colleagues: colleaguesScreen,
  colleague: colleagueScreen,
  'hand-work': handWorkScreen,
  desk: deskScreen,
}
