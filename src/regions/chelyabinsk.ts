import { chelyabinskCase } from './cases/chelyabinsk.ts'
import type { RegionText } from './schema.ts'

/** Порядок составления ИПСС семей с детьми, ЧОЦСЗ «Семья», Челябинск, 2022: categories, circumstances, lengths of the levels. */
export const chelyabinsk = {
  code: 'chelyabinsk',
  timeZone: 'Asia/Yekaterinburg',
  locale: 'ru-RU',
  applicants: {
    // 2.4: «граждане, члены семей граждан»; how they apply is not said.
    parent: { allowed: true, registeredAs: 'application', clause: '3.2.1' },
    representative: { allowed: true, registeredAs: 'application', clause: '3.2.1' },
    minor: { allowed: true, registeredAs: 'message', clause: 'product' },
    'other-person': { allowed: true, registeredAs: 'message', clause: 'product' },
  },
  representatives: ['guardian', 'trustee', 'adoptive-parent', 'foster-parent', 'other'],
  categories: [
    { code: 'foster-family', group: 'family', clause: '1.4 (1)' },
    { code: 'disabled-child', group: 'health', clause: '1.4 (2)' },
    { code: 'large-family', group: 'family', clause: '1.4 (3)' },
    { code: 'low-income', group: 'housing-and-money', clause: '1.4 (4)' },
    { code: 'giving-up-child', group: 'parents', clause: '1.4 (5)' },
    { code: 'single-parent', group: 'family', clause: '1.4 (6)' },
    { code: 'family-in-danger', group: 'conflict-and-violence', urgentHint: true, clause: '1.4 (7)' },
    { code: 'displaced-family', group: 'housing-and-money', clause: '1.4 (8)' },
    { code: 'parent-addiction', group: 'parents', clause: '1.4 (9)' },
  ],
  circumstances: [
    { code: 'child-abuse', group: 'conflict-and-violence', urgentHint: true, clause: '1.5 (1)' },
    {
      code: 'life-threatening-conflict',
      group: 'conflict-and-violence',
      urgentHint: true,
      clause: '1.5 (2)',
    },
    { code: 'parent-child-crisis', group: 'conflict-and-violence', clause: '1.5 (3)' },
    { code: 'no-food-or-clothes', group: 'housing-and-money', clause: '1.5 (4)' },
    { code: 'home-hygiene', group: 'housing-and-money', clause: '1.5 (5)' },
    { code: 'lost-control', group: 'parents', clause: '1.5 (6)' },
    { code: 'medical-care-unmet', group: 'health', clause: '1.5 (7)' },
    { code: 'accessible-environment', group: 'health', clause: '1.5 (8)' },
  ],
  helpKinds: ['medical', 'psychological', 'pedagogical', 'legal', 'social'], // 2.3
  deadlines: {
    ipss: { days: 10, dayKind: 'working', from: 'contract', clause: '3.2.1' },
  },
  supportLevels: {
    // «До 1 года», «6 месяцев», «3 месяца».
    adaptation: { months: 12, clause: '2.8' },
    basic: { months: 12, clause: '2.9' },
    crisis: { months: 6, clause: '2.10' },
    emergency: { months: 3, clause: '2.11' },
  },
  // 3.2.1: the curator «организует встречи»; how often is not said.
  visitCadence: {},
  stages: [
    'registered', // 3.2.1
    'curator', // 3.1
    'first-contact', // 3.2
    'agreement', // 3.2.1
    'diagnosis', // 3.2.1
    'ipss', // 3.2.1, 3.3
    'activities', // 3.4
    'final-diagnosis', // 3.5
    'closing-decision', // 3.5
    'post-support', // 3.2.1
  ],
  stageDeadlines: {
    // Nobody's decision is named, but an applicant has to be answered: the default's term.
    registered: ['commission-decision'],
    ipss: ['ipss'], // 3.2.1
  },
  stageEvents: {
    // «Соглашение» (3.2.1) and «договор» (3.1, 3.4) are read as one document.
    contract: { stage: 'agreement', at: 'end' },
  },
  caseRules: chelyabinskCase,
  // Nobody has confirmed any yet: { by, on } for each fact.
  confirmedFacts: {},
  sources: [{ code: 'application', from: 'applicant', registeredAs: 'application', clause: '3.2.1' }],
  levelSigns: [], // the text has none
} as const satisfies RegionText
