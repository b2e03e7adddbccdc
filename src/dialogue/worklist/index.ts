import { findScreen } from './find-screen.ts'
import { caseloadScreen, mineScreen } from './mine-screen.ts'
import { overseeScreen } from './oversee-screen.ts'
import { termsScreen } from './terms-screen.ts'

export const worklistScreens = {
  mine: mineScreen,
  caseload: caseloadScreen,
  find: findScreen,
  oversee: overseeScreen,
  terms: termsScreen,
}
