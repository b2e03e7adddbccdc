import { serveCases } from '#http/cases/case-routes.ts'
import type { Api } from '#http/staff-route.ts'
import { serveAccounts } from './account-routes.ts'
import { serveConsents } from './consent-routes.ts'
import { serveDocuments } from './document-routes.ts'
import { serveFamilies } from './family-routes.ts'
import { serveFamilySteps } from './family-step-routes.ts'
import { serveMemberFacts } from './member-facts-route.ts'
import { serveFamilyMembers } from './member-routes.ts'
import { serveFamilyNotes } from './note-routes.ts'
import { serveSafety } from './safety-routes.ts'

export const registerFamilies = (api: Api): void => {
  serveFamilies(api)
  serveFamilySteps(api)
  serveCases(api)
  serveFamilyMembers(api)
  serveMemberFacts(api)
  serveSafety(api)
  serveAccounts(api)
  serveDocuments(api)
  serveConsents(api)
  serveFamilyNotes(api)
}
