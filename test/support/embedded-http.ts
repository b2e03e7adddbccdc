/** Of `test/http`, see embedded-set.ts. */
export const embeddedHttp: Readonly<Record<string, readonly string[]>> = {
  'test/http/calendar/calendar.test.ts': ['a link shows what its owner may see, until it is turned off'],
  'test/http/console/board.test.ts': [
    'families of one curator are given to another: looked at, confirmed, taken back for a moment, then told',
    'every number of the board opens what it counts, and nobody else opens it',
  ],
  'test/http/console/data-requests.test.ts': [
    'an act of destruction is a paper for administrators, and names nobody',
  ],
  'test/http/console/desk.test.ts': ['live an open page learns within a second that a request came'],
  'test/http/console/families.test.ts': [
    'what is written is kept from the curator where the member asked for it, on every page',
    'the list of families filters by whose, stage, level and visits, which are a link, and pages ten thousand',
  ],
  'test/http/console/frame.test.ts': ['Ctrl-K lists sections by role, and one’s own work by number'],
  'test/http/console/oidc.test.ts': [
    'an answer of another way, of another time or with another state lets nobody in',
  ],
  'test/http/console/proposals.test.ts': [
    'what a family proposes stands beside its plan, is accepted into the draft, and reaches whoever proposed it',
  ],
  'test/http/console/request-card.test.ts': [
    'the card says everything at once to whoever works with it, and each look is audited',
  ],
  'test/http/console/request-decision.test.ts': [
    'a refusal needs its words, ready ones count, and a decision on an earlier state is not made',
  ],
  'test/http/console/request-new.test.ts': [
    'a letter becomes a request whose terms count from the day on which it came',
  ],
  'test/http/console/settings.test.ts': [
    'the audit is read with filters, kept as a file after a fresh proof, and checked',
  ],
  'test/http/console/sign-in.test.ts': [
    '«Выйти везде» ends the sessions of all browsers',
    'whoever has no Telegram comes in by a link, is given work, and reads it at the desk',
    'a link in a browser that is in already goes on with its session, and somebody else’s ends it',
  ],
  'test/http/console/surveys-authoring.test.ts': [
    'a survey is written over pages, looked at as a family reads it, and published once',
  ],
  'test/http/console/visits.test.ts': [
    'a new visit is planned as a series at the level’s frequency, and is told once',
  ],
  'test/http/data-requests/data-requests.test.ts': [
    'a letter is taken in once, sealed and audited; blocked, answered with its ETag, and printed',
  ],
  'test/http/document.test.ts': ['declares the headers that responses actually have'],
  'test/http/families/families.test.ts': ['pages contain each matching family once, in order'],
  'test/http/metrics.test.ts': ['metrics are for whoever has the token'],
  'test/http/plan/plan.test.ts': [
    'a plan is replaced as a whole: a stale version is rejected, an unchanged plan creates none',
  ],
  'test/http/registers/pictures.test.ts': [
    'a picture shows each month as it was, and no line with few families to whom it is not shown',
  ],
  'test/http/registers/regions.test.ts': [
    'Nyagan: its families and the five kinds of help, as the text names no register',
  ],
  'test/http/reports/quarter-report.test.ts': [
    'a quarter in Novgorod: counted, opened, handed in, corrected, and read back from its papers',
  ],
  'test/http/requests/merge.test.ts': [
    'a call about the same is proposed, merged, read with the request that stays, and keeps the earlier term',
  ],
  'test/http/staff/access.test.ts': [
    'supervisors of its territory are warned of a key that ends, once each time, and so is the log',
    'bulk viewing raises one card an hour to a supervisor, which says who and how many, and nothing else',
    'one command ends a staff member’s links, sessions and open card',
  ],
  'test/http/staff/incident.test.ts': [
    'a lost copy of the database concerns everybody; impossible moments and ids are refused',
  ],
  'test/http/staff/staff-reach.test.ts': [
    'changes of a member are in the audit of every key that can access the member',
  ],
  'test/http/surveys/results-contents.test.ts': [
    'a supervisor sees their own territories, figures of five families, and masked texts',
    'texts open in a process that has not met their keys',
  ],
  'test/http/surveys/results-page.test.ts': [
    'a session ends after two quiet hours, and on sign-out',
    'a session stores the filter; URLs do not contain it, browsers cache nothing, scripts in pages are forbidden',
  ],
  'test/http/surveys/survey-results.test.ts': [
    'single answers identify only those who agreed, and every page is audited',
  ],
  'test/http/updated-since.test.ts': [
    'updatedSince: every kind of change moves what a client sees, and pages hold',
  ],
  'test/http/visits/visits.test.ts': [
    'the door code is in no push, webhook, log line or response, and changes with each move',
    'a visit is planned, moved, described, overlapped and closed, each revision with its ETag',
  ],
  'test/http/webhooks/webhook-reach.test.ts': ['the revocation of a key pauses its endpoints'],
  'test/http/staff/days-off.test.ts': [
    'a day off of the centre moves the terms that are open, and its removal moves them back',
  ],
  'test/http/console/changed-meanwhile.test.ts': [
    'two people at one record what the other has changed is no matter, unless the form rests upon it',
  ],
  'test/http/levels/levels.test.ts': [
    'signs that were found before the acceptance go with it',
    'signs propose their highest level with the clause; another one needs a word why, and each decision is a row',
  ],
}
