/**
 * What the check runs on PGlite besides PostgreSQL: everything about storage and the queue, and of the rest enough to
 * reach each statement of `src/storage` once, which `npm run test:embedded-coverage` proves. `npm run test:long` runs
 * all of it on both.
 */
export const embeddedSet = [
  'test/storage/**/*.test.ts',
  'test/queue/**/*.test.ts',
  'test/journeys/calendar/**/*.test.ts',
  'test/journeys/families/family-{join,path,staff}.test.ts',
  'test/journeys/home/{outage,stale}.test.ts',
  'test/journeys/intake/{parent,minor,resume,submission}.test.ts',
  'test/journeys/messages/messages.test.ts',
  'test/journeys/plan/plan{,-changes}.test.ts',
  'test/journeys/pushes/{settings,reminders}.test.ts',
  'test/journeys/requests/{contact,talk,withdrawal}.test.ts',
  'test/journeys/routing/{absence,escalation,forgotten-requests}.test.ts',
  'test/journeys/surveys/survey-{by-hand,calendar,digest,rescues}.test.ts',
  'test/journeys/surveys/you-said-we-did.test.ts',
  'test/journeys/visits/visit-changes.test.ts',
  'test/faults/{delivery,poison,privacy}.test.ts',
  'test/http/{idempotency,pages}.test.ts',
  'test/http/plan/*.test.ts',
  'test/http/staff/staff.test.ts',
  'test/http/surveys/{survey-results,results-page,surveys}.test.ts',
  'test/http/visits/visits.test.ts',
  'test/http/webhooks/webhooks.test.ts',
  'test/channels/telegram/webhook.test.ts',
  'test/channels/webhooks/{lost-deliveries,paused-endpoints,resume,retention}.test.ts',
]
