import type { Console } from '../routes.ts'
import { registerFamilyPapers } from './family-paper-routes.ts'
import { registerRequestPapers } from './request-paper-routes.ts'
import { registerUnanswered } from './unanswered-page.ts'

/** Consents and other papers that people sign. */
export const registerConsents = (console: Console): void => {
  registerFamilyPapers(console)
  registerRequestPapers(console)
  registerUnanswered(console)
}
