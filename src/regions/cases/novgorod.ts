import type { CaseRules } from '../case-rules.ts'

export const novgorodCase: CaseRules = {
  events: {
    application: { begins: 'registered', clause: '3.4' },
    // «В уполномоченный орган».
    'sent-to-commission': { ends: 'registered', after: ['application'], clause: '3.5' },
    'need-recognised': { ends: 'need', after: ['application'], clause: '3.5' },
    contract: { ends: 'contract', after: ['need-recognised'], clause: '3.5' },
    'curator-named': { after: ['contract'], clause: '3.5.1' },
    'first-diagnosis': { ends: 'search', after: ['contract'], clause: '3.5.1' },
    'ipss-sent': { after: ['contract'], clause: '3.5.2' },
    'ipss-approved': { ends: 'agreed-plan', after: ['contract'], clause: '3.5.2' },
    'ipss-rejected': { back: 'agreed-plan', after: ['ipss-sent'], clause: '3.5.2' },
    'ipss-began': { begins: 'activities', after: ['ipss-approved'], clause: '3.5.3' },
    'interim-diagnosis': { after: ['ipss-began'], again: true, clause: '3.5.3' },
    'ipss-ended': { ends: 'activities', after: ['ipss-began'], clause: '3.5.4' },
    'final-diagnosis': { after: ['ipss-ended'], clause: '3.5.4' },
    continued: { back: 'agreed-plan', after: ['ipss-ended'], clause: '3.7' },
  },
  met: {
    'commission-decision': { by: 'need-recognised', responsible: 'institution' },
    // 3.5.2: within thirty days of the contract the working group has approved the plan.
    ipss: { by: 'ipss-approved', responsible: 'working-group' },
  },
  interim: { months: 3, clause: 'product' },
  postSupport: { months: 3, times: 4, clause: 'product' },
  untimed: ['contract', 'reflection', 'post-support'],
  closing: [],
}
