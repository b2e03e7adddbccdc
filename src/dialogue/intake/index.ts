import { questionScreen } from './question-screen.ts'
import { changeScreen, submitScreen, summaryScreen } from './summary-screen.ts'
import {
  cancelledScreen,
  cancelScreen,
  dangerScreen,
  notNowScreen,
  refusedScreen,
  tooYoungScreen,
  youngerScreen,
} from './terminal-screens.ts'

export const intakeScreens = {
  question: questionScreen,
  summary: summaryScreen,
  change: changeScreen,
  submit: submitScreen,
  danger: dangerScreen,
  'too-young': tooYoungScreen,
  refused: refusedScreen,
  cancelled: cancelledScreen,
  younger: youngerScreen,
  'not-now': notNowScreen,
  cancel: cancelScreen,
}
