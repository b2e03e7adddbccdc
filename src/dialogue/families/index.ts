import { consentAgainScreen } from './consent-again-screen.ts'
import { familiesScreen } from './families-screen.ts'
import { howNowScreen } from './how-now-screen.ts'
import { joinScreen } from './join-screen.ts'
import { orphansScreen } from './orphans-screen.ts'
import { ourCuratorScreen } from './our-curator-screen.ts'
import { familyDocumentsScreen } from './staff-documents-screen.ts'
import { familyAccountScreen } from './staff-account-screen.ts'
import { familyAskScreen } from './staff-family-ask-screen.ts'
import { familyAddScreen, familyInviteScreen, familyInviteWhyScreen } from './staff-family-invite-screen.ts'
import { familySafetyAddScreen, familySafetyScreen } from './staff-family-safety-screen.ts'
import { caseHistoryScreen } from './staff-case-history-screen.ts'
import { familyTermsScreen } from './staff-family-terms-screen.ts'
import { familyEventScreen } from './staff-family-event-screen.ts'
import { familyEndScreen, familyLevelScreen, familyStageScreen } from './staff-family-state-screen.ts'
import { familyJotScreen, familyNotesScreen } from './staff-family-notes-screen.ts'
import { familyGiveScreen } from './staff-give-screen.ts'
import { familyLookScreen } from './staff-look-screen.ts'
import { familyIntakeScreen } from './staff-reach-screen.ts'
import { familyCaseScreen } from './staff-family-screen.ts'

export const familyScreens = {
  families: familiesScreen,
  'consent-again': consentAgainScreen,
  join: joinScreen,
  'how-now': howNowScreen,
  'our-curator': ourCuratorScreen,
  'family-account': familyAccountScreen,
  'family-documents': familyDocumentsScreen,
  'family-ask': familyAskScreen,
  'family-invite': familyInviteScreen,
  'family-add': familyAddScreen,
  'family-invite-why': familyInviteWhyScreen,
  'family-safety': familySafetyScreen,
  'family-safety-add': familySafetyAddScreen,
  'family-case': familyCaseScreen,
  'family-intake': familyIntakeScreen,
  'family-event': familyEventScreen,
  'case-history': caseHistoryScreen,
  'family-terms': familyTermsScreen,
  'family-stage': familyStageScreen,
  'family-level': familyLevelScreen,
  'family-look': familyLookScreen,
  'family-end': familyEndScreen,
  'family-notes': familyNotesScreen,
  'family-jot': familyJotScreen,
  'family-give': familyGiveScreen,
  orphans: orphansScreen,
}
