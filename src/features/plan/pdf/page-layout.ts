import { Temporal } from 'temporal-polyfill'
import type { Say } from '#core/text.ts'
import type { Region } from '#regions/schema.ts'
import type { OpenPlan } from '../open-plan.ts'
import type { Blanks } from './blank-lines.ts'
import type { Cell, Column } from './table.ts'
import { dayWords, whenWords } from './schedule-words.ts'

export type PlanPdfFacts = {
  family: { number: number }
  organisation: { name: string; contact: string }
  /** `activities` are those visible to the reader; the document's own list is not used. */
  plan: Pick<OpenPlan, 'number' | 'at' | 'document' | 'activities'>
  /** A minor gets the activities only: level, goal, tasks and results are written for adults. */
  reader: 'adult' | 'minor'
  region: Pick<Region, 'code' | 'timeZone'>
}

export type PaperTable = { heading: string; columns: readonly Column[]; rows: readonly (readonly Cell[])[] }

/** All texts of a PDF in the reader's language; drawing needs nothing else. */
export type Paper = {
  language: string
  madeAt: Date
  organisation: string
  title: string
  /** Below the title. */
  facts: string[]
  sections: { heading: string; paragraphs: string[] }[]
  /** A square picture (PNG) below the sections; `side` in pt. */
  picture?: { png: Uint8Array; side: number }
  tables: PaperTable[]
  /** Lines to write upon, below everything else. */
  blanks?: Blanks
  /** In small print below the tables. */
  notes: string[]
  footer: string
  /** On its side, for tables of many columns: 762 pt instead of 515. */
  wide?: boolean
}

/** Placeholders in the footer, filled in once the page count is known. */
export const [pageSign, countSign] = ['{page}', '{count}']

export const paperOf = (say: Say, { plan, family, organisation, reader, region }: PlanPdfFacts): Paper => {
  const { level, from, until, goal, tasks, results } = plan.document
  const adult = reader === 'adult'
  const made = Temporal.Instant.fromEpochMilliseconds(plan.at.getTime()).toZonedDateTimeISO(region.timeZone)
  const version = { version: plan.number, day: dayWords(say, made.toPlainDate().toString()) }
  const period = { from: dayWords(say, from), until: dayWords(say, until) }
  const pages = { number: family.number, version: plan.number, page: pageSign, count: countSign }
  return {
    language: say.language,
    madeAt: plan.at,
    organisation: organisation.name,
    title: say.label('planPdf.title', {
      number: family.number,
    }),
    facts: [
      say.label('planPdf.version', version),
      say.label('planPdf.period', period),
      ...(adult ? [say.label('planPdf.level', { level: say.label(`planPdf.levels.${level}`) })] : []),
    ],
    sections: adult
      ? [
          { heading: say.label('planPdf.goal'), paragraphs: [oneLine(goal)] },
          { heading: say.label('planPdf.tasks'), paragraphs: numbered(tasks) },
          { heading: say.label('planPdf.results'), paragraphs: numbered(results) },
        ]
      : [],
    tables: [
      {
        heading: say.label('planPdf.activities'),
        columns: columnsOf(say),
        rows: plan.activities.map((activity, index) => rowOf(say, activity, index)),
      },
    ],
    notes: [],
    footer: `${say.label('planPdf.footer', pages)} · ${organisation.contact}`,
  }
}

const numbered = (texts: readonly string[]): string[] =>
  texts.map((text, index) => `${index + 1}. ${oneLine(text)}`)

const columnsOf = (say: Say) => [
  { title: '№', width: 27 },
  { title: say.label('planPdf.columns.what'), width: 180 },
  { title: say.label('planPdf.columns.when'), width: 98 },
  { title: say.label('planPdf.columns.where'), width: 92 },
  { title: say.label('planPdf.columns.parts'), width: 118 },
]

const rowOf = (say: Say, activity: OpenPlan['activities'][number], index: number): Cell[] => {
  const { plain, title, kind, status, when, place, responsible, familyPart, centrePart } = activity
  const part = (key: 'familyPart' | 'centrePart', text: string | undefined): Cell =>
    text === undefined ? [] : [{ text: say.label(`planPdf.${key}`), style: 'small' }, { text: oneLine(text) }]
  return [
    [{ text: String(index + 1) }],
    [
      { text: oneLine(plain), style: 'bold' },
      { text: oneLine(title), style: 'small' },
      { text: say.label(`regions.shared.helpKinds.${kind}`), style: 'small' },
      ...(status === 'planned' ? [] : [{ text: say.label(`planPdf.statuses.${status}`) }]),
    ],
    whenWords(say, when).map((text) => ({ text })),
    [...(place === undefined ? [] : [{ text: oneLine(place) }]), { text: oneLine(responsible) }],
    [...part('familyPart', familyPart), ...part('centrePart', centrePart)],
  ]
}

/** Manual line breaks could make a row arbitrarily high. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ')
