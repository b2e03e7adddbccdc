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
import { underTenCalledScreen, underTenHelpScreen, underTenScreen } from './under-ten-screens.ts'

export const intakeScreens = {
  question: questionScreen,
  summary: summaryScreen,
  change: changeScreen,
  submit: submitScreen,
  danger: dangerScreen,
  'under-ten': underTenScreen,
  'under-ten-help': underTenHelpScreen,
  'under-ten-called': underTenCalledScreen,
  'too-young': tooYoungScreen,
  refused: refusedScreen,
  cancelled: cancelledScreen,
  younger: youngerScreen,
  'not-now': notNowScreen,
  cancel: cancelScreen,
}
