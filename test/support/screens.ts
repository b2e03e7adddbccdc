import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'

type Tree = { [key: string]: string | Tree }

const read = (language: string): Tree => {
  const dir = new URL(`../../locales/${language}/`, import.meta.url)
  const files = readdirSync(dir).filter((file) => file.endsWith('.json'))
  return Object.fromEntries(
    files.map((file) => [basename(file, '.json'), JSON.parse(readFileSync(new URL(file, dir), 'utf8'))]),
  )
}

const texts = ['ru', 'en'].map(read)

/** Keys of the texts that identify a screen; the default is `<screen>.title`, and its wording on the short way. */
const keys: Record<string, readonly string[]> = {
  home: [
    'home.greeting',
    'home.staff',
    'home.staffCurator',
    'home.staffSupervisor',
    'home.family',
    'home.familyWaiting',
  ],
  'hand-over': ['words.held'],
  'staff-send': ['staffSend.title'],
  help: ['help.text', 'help.staff.intake', 'help.staff.curator', 'help.staff.supervisor'],
  mine: ['worklist.requests', 'worklist.requestsNone', 'worklist.allRequests', 'worklist.allRequestsNone'],
  find: ['worklist.find.ask', 'worklist.find.nothing', 'worklist.find.found'],
  oversee: ['worklist.oversee.why'],
  language: ['language.title'],
  crisis: ['crisis.title'],
  heard: ['heard.after', 'heard.back', 'words.heldKnown', 'words.heldUnsent', 'words.heldUnderTenDanger'],
  danger: ['danger.now', 'danger.heavy'],
  'too-young': ['ends.tooYoung'],
  'under-ten': ['underTen.title'],
  'under-ten-help': ['underTen.help'],
  'under-ten-called': ['underTen.called'],
  refused: ['ends.refused'],
  'not-now': ['ends.notNow'],
  cancel: ['ends.cancel'],
  cancelled: ['ends.cancelled'],
  summary: ['summary.title'],
  change: ['summary.which'],
  status: ['status.application', 'status.message', 'status.none', 'status.begun', 'status.path.title'],
  note: ['status.note'],
  objection: ['decision.object'],
  'cannot-talk': ['cannotTalk.title'],
  withdraw: ['status.withdraw', 'status.withdrawChecked'],
  'not-urgent': ['case.notUrgentWhy'],
  'safety-check': ['case.checkWhat'],
  queue: ['queue.empty', 'queue.title_one', 'queue.title_few', 'queue.title_many', 'queue.title_other'],
  case: ['case.application', 'case.message'],
  'case.details': ['case.detailsTitle'],
  'case.story': ['case.storyTitle'],
  'case.contact': ['case.contactTitle'],
  'pass-on': ['case.passOnReason'],
  write: ['case.writeWhat.family', 'case.writeWhat.minor', 'case.writeWhat.outsider'],
  'calendar-file': ['calendar.file'],
  'visit-slots': ['visitTime.title'],
  'visit-words': ['visitTime.words'],
  'visit-late': ['visitLate.title'],
  'visit-door': ['visitDoor.title'],
  'my-visits': ['staffVisit.mine'],
  'our-curator': [
    'ourCurator.ask',
    'ourCurator.agreed',
    'ourCurator.declined',
    'ourCurator.is',
    'ourCurator.nobody',
  ],
  'f-visits': ['staffVisit.family'],
  'f-visit': ['staffVisit.title'],
  'f-visit-cancel': ['staffVisit.cancel'],
  joined: ['staff.joined', 'staff.joinedSupervisor', 'staff.joinedCurator'],
  caseload: [
    'caseload.empty',
    'caseload.title_one',
    'caseload.title_few',
    'caseload.title_many',
    'caseload.title_other',
  ],
  'family-case': ['caseload.one'],
  'family-names': ['caseload.namesTitle'],
  'family-people': ['caseload.people.title'],
  'family-file': ['caseload.file.title'],
  'family-invite': ['caseload.inviteWhom'],
  'family-add': ['caseload.called'],
  'family-safety': ['safety.title'],
  'family-documents': ['documents.title'],
  'case-history': ['caseHistory.title', 'caseHistory.which', 'caseHistory.sure'],
  'family-terms': ['caseTerms.title', 'caseTerms.why', 'caseTerms.whyPast'],
  desk: ['console.bot.title'],
  'my-data': ['myData.title'],
  'my-data-erase': ['myData.erase.title'],
  'my-data-looks': ['myData.looks'],
  'my-data-copy': ['myData.copy'],
  'consent-withdraw': [
    'myData.withdraw.personal-data',
    'myData.withdraw.support-request',
    'myData.withdraw.data-sharing',
    'myData.withdraw.minor-agreement',
  ],
  'my-consents': ['myData.consents'],
  'my-consent': [
    'myData.kinds.personal-data',
    'myData.kinds.support-request',
    'myData.kinds.data-sharing',
    'myData.kinds.minor-agreement',
  ],
  'help-results': ['registers.title', 'registers.which'],
  'case-facts': ['registers.factsTitle'],
  'quarter-report': [
    'quarterlyReport.bot.title',
    'quarterlyReport.bot.sure',
    'quarterlyReport.bot.why',
    'quarterlyReport.bot.part',
  ],
  'family-event': ['caseEvents.what', 'caseEvents.when', 'caseEvents.none'],
  'family-stage': ['familyState.stageNow'],
  'family-level': ['familyState.levelNow'],
  proposals: ['proposals.title'],
  propose: ['proposals.ask'],
  'f-proposal': ['proposals.staff.reads'],
  'f-proposals': ['proposals.staff.title'],
  'f-proposal-answer': [
    'proposals.staff.words.accepted',
    'proposals.staff.words.noted',
    'proposals.staff.words.declined',
  ],
  'quick-replies': ['quickReplies.title'],
  'quick-reply': ['quickReplies.one'],
  'family-notes': ['mentions.familyTitle'],
  'family-jot': ['mentions.familyJot'],
  'family-end': ['familyState.endWhy', 'familyState.end'],
  'consent-again': ['consentAgain.title'],
  'messages-write': ['messages.what'],
  'messages.alarmed': ['messages.sentUrgently'],
  'f-thread': ['thread.familyTitle'],
  'thread-write': ['thread.what'],
  'push-mode': ['settings.pushMode'],
  'quiet-hours': ['settings.quietHours'],
  'survey-heavy': ['survey.heavy'],
  'survey-rescue': ['survey.rescue.title'],
  'survey-check': ['survey.check.title'],
  'survey-end': ['survey.end.thanks', 'survey.end.expired', 'survey.end.off', 'survey.end.declined'],
  'survey-later': ['survey.put.title', 'survey.put.silent'],
}

const at = (tree: Tree, key: string): string | undefined => {
  const found = key
    .split('.')
    .reduce<string | Tree | undefined>((one, part) => (typeof one === 'object' ? one[part] : undefined), tree)
  return typeof found === 'string' ? found : undefined
}

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** A pattern that matches the screen's text on a card, in any language and form of address. */
export const screenPattern = (screen: string): RegExp => {
  const wanted = keys[screen] ?? [`${screen}.title`, `${screen}.shortWay.title`]
  const found = texts
    .flatMap((tree) =>
      wanted.flatMap((key) => ['', '_minor', 'Outsider'].map((form) => at(tree, key + form))),
    )
    .filter((text) => text !== undefined)
  if (found.length === 0) throw new Error(`No text is known for the screen ${screen}`)
  const pattern = (text: string) =>
    plain(text)
      .split(/\{\{\w+(?::\w+)?\}\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[\\s\\S]*')
  return new RegExp(found.map(pattern).join('|'))
}
