import { needAddScreen, needsScreen } from './needs-screen.ts'

export const needScreens = {
  'family-needs': needsScreen,
  'family-need-add': needAddScreen,
}
