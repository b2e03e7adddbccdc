import { incomingListScreen } from './incoming-list-screen.ts'
import { incomingScreen } from './incoming-screen.ts'
import { newIncomingScreen } from './new-incoming-screen.ts'

export const incomingScreens = {
  'incoming-new': newIncomingScreen,
  'incoming-list': incomingListScreen,
  'incoming-one': incomingScreen,
}
