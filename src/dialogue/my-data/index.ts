import { consentScreen, consentsScreen } from './consents-screen.ts'
import { copyScreen } from './copy-screen.ts'
import { eraseScreen } from './erase-screen.ts'
import { looksScreen, myDataScreen } from './my-data-screen.ts'
import { consentWithdrawScreen } from './withdraw-screen.ts'

export const myDataScreens = {
  'my-data': myDataScreen,
  'my-data-looks': looksScreen,
  'my-data-copy': copyScreen,
  'my-data-erase': eraseScreen,
  'my-consents': consentsScreen,
  'my-consent': consentScreen,
  'consent-withdraw': consentWithdrawScreen,
}
