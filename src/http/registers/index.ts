import type { Api } from '#http/staff-route.ts'
import { serveCaseFacts } from './fact-routes.ts'
import { serveHelpResults } from './help-result-routes.ts'
import { serveRegisters } from './register-routes.ts'

export const registerRegisters = (api: Api): void => {
  serveRegisters(api)
  serveHelpResults(api)
  serveCaseFacts(api)
}
