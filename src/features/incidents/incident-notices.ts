import { formatDay, formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { Affected } from '#storage/incidents/affected.ts'
import type { IncidentFacts } from './incident-facts.ts'

const hour = 60 * 60 * 1000
/** 152-ФЗ, ст. 21, ч. 3.1: 24 hours for the incident itself, 72 for what the centre's own inquiry found. */
export const noticeTerms = { first: 24 * hour, second: 72 * hour } as const

type Centre = { name: string; address: string; contact: string }
type Given = {
  facts: IncidentFacts
  centre: Centre
  /** The name of a territory by its code. */
  territory: (code: string) => string
  timeZone: string
  now: Date
}

/**
 * Drafts both notices for the supervisory authority and the list of those who have to be told, as lines of Markdown. What
 * only people know is a blank «____».
 */
export const incidentNotices = (say: Say, given: Given): string[] => [
  ...notice(say, given, 'first'),
  '',
  ...notice(say, given, 'second'),
  '',
  ...peopleToTell(say, given),
]

const notice = (say: Say, { facts, centre, timeZone, now }: Given, which: keyof typeof noticeTerms) => {
  const at = (instant: Date) =>
    say.label('incident.moment', {
      day: formatDay(say, { instant, timeZone, now }),
      time: formatTime(instant, timeZone),
    })
  const due = new Date(facts.found.getTime() + noticeTerms[which])
  const passed = due.getTime() < now.getTime()
  const values = {
    ...centre,
    found: at(facts.found),
    since: at(facts.since),
    due: at(due),
    ...totals(facts.affected),
    times: facts.times,
    who: facts.actor?.name ?? '____',
  }
  const line = (key: string) => say.label(`incident.${key}`, values)
  const how = facts.actor ? (facts.actor.role === 'key' ? 'key' : 'person') : 'copy'
  return [
    `# ${line(`${which}.title`)}`,
    '',
    line(passed ? 'duePassed' : 'due'),
    '',
    line('operator'),
    line('foundAt'),
    line(`what.${how}`),
    line('people'),
    `${line('data')} ${dataOf(say, facts)}.`,
    ...['cause', 'harm', 'measures', ...(which === 'second' ? [`culprit.${how}`, 'result'] : [])].map(line),
    line('contactPerson'),
  ]
}

const totals = (affected: readonly Affected[]) => {
  const sum = (of: (one: Affected) => number) => affected.reduce((all, one) => all + of(one), 0)
  return {
    families: affected.filter(({ kind }) => kind === 'family').length,
    requests: affected.filter(({ kind }) => kind === 'request').length,
    adults: sum(({ adults }) => adults),
    minors: sum(({ minors }) => minors),
  }
}

const dataOf = (say: Say, { actions }: IncidentFacts): string =>
  actions.length === 0
    ? say.label('incident.allData')
    : actions.map((action) => say.label(`incident.kinds.${action.replace('.', '-')}`)).join('; ')

/** Names nobody: whoever tells a family opens its card, and that look is audited. */
const peopleToTell = (say: Say, { facts: { actor, affected }, territory: named }: Given): string[] => [
  `# ${say.label('incident.tell.title')}`,
  '',
  say.label('incident.tell.how'),
  '',
  say.label('incident.tell.head'),
  '|---|---|---|---|---|',
  ...affected.map(({ number, kind, territory, staffId, staffName, adults, minors, unsafe }) => {
    const cells = [
      say.label(`incident.tell.${kind}`, { number }),
      named(territory),
      // Whoever opened too much is not the one to say so.
      staffName === null || staffId === actor?.id ? say.label('incident.tell.nobody') : staffName,
      say.label('incident.tell.members', { adults, minors }),
      unsafe > 0 ? say.label('incident.tell.unsafe', { number: unsafe }) : '',
    ]
    return `| ${cells.join(' | ')} |`
  }),
]
