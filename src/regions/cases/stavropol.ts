import type { CaseRules } from '../case-rules.ts'

export const stavropolCase: CaseRules = {
  events: {
    application: { begins: 'registered', clause: '6.3 (2)' },
    'survey-referral': { begins: 'home-survey', after: ['application'], clause: '6.6' },
    'survey-done': { ends: 'home-survey', after: ['survey-referral'], clause: '6.6' },
    'sent-to-commission': { ends: 'consilium', after: ['survey-done'], clause: '6.7' },
    'need-recognised': { ends: 'commission-decision', after: ['application'], clause: '6.8' },
    'curator-named': { after: ['need-recognised'], clause: '6.9' },
    'ipss-sent': { ends: 'ipss', after: ['need-recognised'], clause: '6.12' },
    'ipss-approved': { ends: 'ipss-approval', after: ['ipss-sent'], clause: '6.13' },
    'ipss-rejected': { back: 'ipss', after: ['ipss-sent'], clause: '6.13' },
    'ipss-copy-given': { after: ['ipss-sent'], clause: '6.14' },
    contract: { ends: 'contract', after: ['ipss-approved'], clause: '6.16' },
    'ipss-began': { begins: 'activities', after: ['ipss-approved'], clause: '6.18' },
    'interim-diagnosis': { after: ['ipss-began'], again: true, clause: '6.18' },
    'ipss-ended': { ends: 'activities', after: ['ipss-began'], clause: '6.19' },
    'final-diagnosis': { ends: 'analysis', after: ['ipss-ended'], clause: '6.15.5' },
    continued: { back: 'ipss', after: ['ipss-ended'], clause: '6.20' },
  },
  met: {
    'home-survey': { by: 'survey-done', responsible: 'institution-commission' },
    'commission-decision': { by: 'need-recognised', responsible: 'commission' },
    ipss: { by: 'ipss-sent', responsible: 'curator' },
    'ipss-copy': { by: 'ipss-copy-given', responsible: 'institution' },
    contract: { by: 'contract', responsible: 'institution' },
  },
  interim: { months: 3, clause: '6.18' },
  postSupport: { months: 3, times: 4, clause: 'product' },
  // 6.13, 6.19, 6.20: until the commission approves, and after the plan has ended, no term is set.
  untimed: ['ipss-approval', 'analysis', 'closing-decision'],
  closing: [
    { code: 'family-wish', clause: '6.20 (1)' },
    { code: 'goals-reached', clause: '6.20 (2)' },
    { code: 'moved-away', clause: '6.20 (3)' },
  ],
}
