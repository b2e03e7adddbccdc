/** What the id of a button names. One that is not listed is tried with every id. */
export const namedByButton: Record<string, string[]> = {
  ...Object.fromEntries(
    ['take', 'pass', 'details', 'story', 'card', 'contact', 'write', 'decide', 'stage', 'give', 'jot'].map(
      (action) => [action, ['request']],
    ),
  ),
  ...Object.fromEntries(
    [
      'plan',
      'visits',
      'messages',
      'status',
      'f-card',
      'f-names',
      'f-people',
      'f-file',
      'f-invite',
      'f-stage',
      'f-level',
      'f-end',
      'f-docs',
      'f-results',
      'f-facts',
      'f-plan',
      'f-thread',
      'f-intake',
      'f-story',
      'f-reach',
      'f-visit-new',
      'f-marks',
      'f-give',
    ].map((action) => [action, ['family']]),
  ),
  ...Object.fromEntries(
    ['visit', 'visit-ics', 'f-visit', 'f-visits', 'v-reach', 'f-visit-move', 'f-visit-again', 'v-give'].map(
      (action) => [action, ['visit', 'family']],
    ),
  ),
  ...Object.fromEntries(['activity', 'activity-ics', 'f-said'].map((action) => [action, ['activity']])),
  ...Object.fromEntries(['thread', 'f-ask'].map((action) => [action, ['minor', 'parent', 'family']])),
  ...Object.fromEntries(
    ['survey', 'survey-later', 'survey-off', 'survey-answered'].map((action) => [action, ['invitation']]),
  ),
  ...Object.fromEntries(
    [
      'home',
      'help',
      'language',
      'talk',
      'ask',
      'queue',
      'here',
      'families',
      'settings',
      'my-visits',
      'mine',
      'find',
      'f-list',
      'colleagues',
      'orphans',
    ].map((action) => [action, []]),
  ),
}
