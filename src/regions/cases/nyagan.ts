import type { CaseRules } from '../case-rules.ts'

export const nyaganCase: CaseRules = {
  events: {
    application: { begins: 'identified', clause: 'algorithm 1' },
    'survey-referral': { begins: 'status', after: ['application'], clause: 'algorithm 2' },
    'survey-done': { after: ['survey-referral'], clause: 'algorithm 2' },
    'curator-named': { after: ['application'], clause: 'algorithm 2' },
    'need-recognised': { ends: 'status', after: ['application'], clause: 'algorithm 2' },
    'ipss-sent': { ends: 'ipss', after: ['need-recognised'], clause: 'algorithm 3' },
    'ipss-approved': { ends: 'commission-decision', after: ['ipss-sent'], clause: 'algorithm 4' },
    'ipss-rejected': { back: 'ipss', after: ['ipss-sent'], clause: 'algorithm 4' },
    'ipss-copy-given': { after: ['ipss-sent'], clause: 'product' },
    contract: { ends: 'contract', after: ['ipss-approved'], clause: 'algorithm 5' },
    'ipss-began': { begins: 'activities', after: ['ipss-approved'], clause: 'algorithm 6' },
    'interim-diagnosis': { after: ['ipss-began'], again: true, clause: 'algorithm 6' },
    'ipss-ended': { ends: 'activities', after: ['ipss-began'], clause: 'algorithm 7' },
    'final-diagnosis': { after: ['ipss-ended'], clause: 'algorithm 7' },
    continued: { back: 'ipss', after: ['ipss-ended'], clause: 'algorithm 7' },
  },
  met: {
    'home-survey': { by: 'survey-done', responsible: 'institution' },
    'commission-decision': { by: 'need-recognised', responsible: 'institution' },
    ipss: { by: 'ipss-sent', responsible: 'curator' },
    'ipss-copy': { by: 'ipss-copy-given', responsible: 'institution' },
    contract: { by: 'contract', responsible: 'institution' },
  },
  // The leaflet names the diagnosis within stage 6, and no interval.
  interim: { months: 3, clause: 'product' },
  postSupport: { months: 3, times: 4, clause: 'product' },
  untimed: ['commission-decision', 'monitoring'],
  closing: [],
}
