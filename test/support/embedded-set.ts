import { embeddedHttp } from './embedded-http.ts'

/** Of these, PGlite runs every test in the check. */
const whole = ['test/storage/**/*.test.ts', 'test/queue/**/*.test.ts']

/**
 * Of the other files, the tests that PGlite runs in the check besides PostgreSQL: together with storage and the queue
 * they reach each statement of `src/storage` that any test reaches, which `npm run test:embedded-coverage` proves.
 * `npm run test:long` runs all of all files on both.
 */
export const embeddedTests: Readonly<Record<string, readonly string[]>> = {
  ...embeddedHttp,
  // Of PGlite alone.
  'test/channels/telegram/webhook.test.ts': [
    'a public address without a secret prevents the start: the process exits and names the variable',
  ],
  'test/channels/webhooks/endpoints.test.ts': [
    'an endpoint is visible to keys with all of its territories, and not found for others',
  ],
  'test/channels/webhooks/lost-deliveries.test.ts': [
    'a release that has lost its job stops and leaves the rest to the current one',
  ],
  'test/channels/webhooks/paused-endpoints.test.ts': [
    'a supervisor is told which system has failed for five days, and whom to contact',
  ],
  'test/channels/webhooks/queue.test.ts': ['a slow failure is retried when due, not when the lease ends'],
  'test/journeys/erasure/erase.test.ts': [
    'of a family nothing can be read any more: not in the database, Redis, jobs, chats, files or the log',
  ],
  'test/journeys/hide/hide.test.ts': [
    'what hiding does is explained once; then one line is left, and its word brings everything back',
  ],
  'test/journeys/intake/together.test.ts': [
    'a link works once, for one account that is not the own one and not of staff, and for whom it was made',
    'a teenager asks, and the other joins or says no, without a reason; nothing is kept of them',
    'a teenager asks, and the other joins or nobody does: it ends on its last day for both',
    'a link that was forwarded: a stranger gets no further than a name, and is forgotten',
  ],
  'test/journeys/reports/report-notice.test.ts': [
    'supervisors are told that the report is due, that January’s was made by itself, and that one is late, once each',
  ],
  'test/journeys/cases/record-event.test.ts': [
    'a term is told to the curator, then to the supervisor; one that was missed each working day until it is explained',
  ],
  'test/journeys/danger/heard.test.ts': [
    'a centre switches a built-in entry off and on, and its own words are heard beside it',
  ],
  'test/journeys/danger/safety-check.test.ts': [
    'two taps on a child’s phone do not end the report: staff check, and it escalates until they say what came of it',
  ],
  'test/journeys/danger/under-ten.test.ts': [
    'a child under ten who is frightened calls an adult in two taps; the centre learns the account and nothing else',
  ],
  'test/journeys/families/family-cards.test.ts': [
    'a former curator gets no cards of the family: they go to the current one',
  ],
  'test/journeys/families/family-join.test.ts': [
    'a parent joins by the one-time link after the consent; nothing is stored before it',
  ],
  'test/journeys/families/safety-copy.test.ts': [
    'members from before the facts get theirs by a job, once, also in a family without a request',
    'a minor who asks for help anew brings what they say now into the family that they are in',
  ],
  'test/journeys/messages/quick-replies.test.ts': [
    'a specialist answers a request in three taps; supervisors and keys keep the list',
  ],
  'test/journeys/messages/talk-apart.test.ts': [
    'what is written after asking for somebody else is nowhere to be found for the curator, until the family allows it',
  ],
  'test/journeys/families/safety.test.ts': [
    'staff add and end facts; an ended one warns nobody, and stays on record',
  ],
  'test/journeys/guide/places.test.ts': [
    'what a supervisor enters stands in the guide within seconds, and goes when it is removed',
  ],
  'test/journeys/intake/doors.test.ts': [
    'the invitation link of staff replaces the previous link, which stops working',
    'the invitation link of staff works once; the second person is told so kindly, and is not stored',
  ],
  'test/journeys/intake/resume.test.ts': ['after 31 days a draft is gone, and so is the person'],
  'test/journeys/messages/message-files.test.ts': [
    'photos and documents work in both directions, open for ten minutes, and other files are refused kindly',
  ],
  'test/journeys/plan/plan-changes.test.ts': [
    'the family and staff report in either order, and only supervisors learn of a mismatch',
  ],
  'test/journeys/plan/plan.test.ts': [
    'a minor sees and is notified only of what is for them, and cannot reach the rest',
  ],
  'test/journeys/plan/proposals.test.ts': [
    'a mother proposes, the curator takes it into the plan, and she reads what became of it',
  ],
  'test/journeys/pushes/quiet-hours.test.ts': [
    'changed quiet hours apply at once, also to waiting pushes; each push is sent once',
  ],
  'test/journeys/pushes/reminders.test.ts': [
    'a family is reminded a day and two hours before, once each, and never of outdated facts',
  ],
  'test/journeys/pushes/settings.test.ts': [
    'a minor gets no details by default; nothing is stored about strangers',
  ],
  'test/journeys/routing/forgotten-requests.test.ts': ['requests of absent staff are reassigned'],
  'test/journeys/surveys/survey-calendar.test.ts': [
    'surveys are sent once after a quarter of support, at its end, and a quarter later',
  ],
  'test/journeys/surveys/survey-digest.test.ts': [
    'a supervisor gets a picture and three sentences on Monday, once, and nothing without news',
  ],
  'test/journeys/surveys/survey-later.test.ts': [
    'surveys can be turned off, with instructions to turn them on, and turned on again',
  ],
  'test/journeys/surveys/survey-low-score.test.ts': [
    'after a no the survey continues without asking again; the check keeps the offer until the answer is changed',
  ],
  'test/journeys/surveys/survey-manners.test.ts': [
    'after failed pushes, the summary mentions the survey and leads to it',
    'no invitations while something urgent is open',
  ],
  'test/journeys/surveys/survey-minor.test.ts': [
    'a minor finds it in the menu with their wording under five faces, and nobody at home sees it',
  ],
  'test/journeys/surveys/survey-rescues.test.ts': [
    'the rated person never learns of it, not even as a supervisor; alarming answers are reported in addition',
    'an open request is repeated every working morning until it is marked as answered',
  ],
  'test/journeys/surveys/you-said-we-did.test.ts': [
    'the outcome of answers is in the menu, marked as new until opened',
  ],
  'test/journeys/words/reply.test.ts': [
    'a reply to the news of a visit, and words on its card, are about that visit',
  ],
  'test/journeys/waiting/draft.test.ts': [
    'a left draft: one reminder after a day that tells nothing, then silence',
  ],
  'test/journeys/waiting/late.test.ts': [
    'eight days of silence: a notice each working day, and a card to the supervisor',
  ],
  'test/journeys/waiting/outsider.test.ts': [
    'once it was read they can ask for themselves; an answer to the former is not lost',
  ],
  'test/journeys/waiting/thread.test.ts': [
    'a message that nobody reads: we say so to the member and the supervisor, until somebody opens it',
  ],
  'test/journeys/erasure/rotation.test.ts': [
    '«ryadom keys rotate» says what it did and what may go; the doctor reminds of it after an erasure',
  ],
  'test/channels/webhooks/retention.test.ts': ['held and pending deliveries are not deleted'],
  'test/journeys/reports/parts.test.ts': ['two last confirmations at once: one report'],
  'test/journeys/intake/together-safety.test.ts': [
    'whatever a child says of home, a parent’s screens, copy, pushes and events stay as they were',
  ],
  'test/journeys/worklist/oversight.test.ts': [
    'a supervisor sees everybody’s open work, and opens it with a reason, which is audited',
  ],
  'test/journeys/intake/together-ends.test.ts': [
    'who joined begins a request of their own and drops it: what they joined stays',
  ],
  'test/journeys/my-data/came-back.test.ts': [
    'whoever left a family and came back gets their copy, with the survey that they answered before',
  ],
  'test/journeys/my-data/joined-papers.test.ts': [
    'a member without account or request: staff write down what they ask on paper, withdraw, and it is destroyed by its term',
  ],
  'test/journeys/my-data/replaced-account.test.ts': [
    'a block of a member holds whichever account they have: a new link does not open what is closed',
  ],
  'test/journeys/visits/plan-visits.test.ts': [
    'a curator sees how many visits the level asks for, and where there were too few',
  ],
  'test/journeys/reports/quarter.test.ts': [
    '1.8 of a quarter is 1.1 of the next one; territories add up; a figure is its cases',
  ],
  'test/journeys/territories/territories.test.ts': [
    'an operator adds a territory, renames it and retires it; families, staff and history follow',
  ],
  'test/journeys/needs/needs.test.ts': ['a curator adds a circumstance in five taps, and ends it in four'],
  'test/journeys/staff/giving.test.ts': [
    'the alarm leads to what nobody has, and a supervisor gives all of it evenly',
  ],
  'test/journeys/staff/leaving.test.ts': [
    'a lost phone: the old account is nobody’s, its cards are taken back, and a new one reads on',
  ],
  'test/journeys/families/safety-merged.test.ts': [
    'whoever phoned that calls are not safe, and then wrote, is called by no curator',
  ],
  'test/journeys/requests/merged-terms.test.ts': [
    'the terms of a request count from the first application that was merged into it, and from no report',
  ],
  'test/journeys/requests/merged-unseen.test.ts': [
    'a report that was merged into a request changes nothing of what its applicant sees, nor whether staff check',
  ],
  'test/journeys/worklist/search.test.ts': [
    'by number, name or phone, among what one may open; audited without what was asked',
  ],
}

export const embeddedSet = [...whole, ...Object.keys(embeddedTests)]
