import { helpScreen, homeScreen, languageScreen } from './general-screens.ts'

export const homeScreens = {
  home: homeScreen,
  help: helpScreen,
  language: languageScreen,
}
