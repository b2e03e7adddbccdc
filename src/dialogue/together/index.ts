import { togetherEndScreen, togetherNameScreen, togetherScreen } from './together-screen.ts'
import { togetherDeclinedScreen, togetherJoinScreen } from './together-join-screen.ts'

export const togetherScreens = {
  together: togetherScreen,
  'together-name': togetherNameScreen,
  'together-end': togetherEndScreen,
  'together-join': togetherJoinScreen,
  'together-declined': togetherDeclinedScreen,
}
