import type { Say } from '#core/text.ts'
import type { Blanks } from '#features/plan/pdf/blank-lines.ts'
import { countSign, pageSign, type Paper } from '#features/plan/pdf/page-layout.ts'

/** What is printed of whoever signs, in words: all of it is what they said themselves. */
export type ApplicationFacts = {
  organisation: { name: string; contact: string }
  number: string | null
  territory: string
  who: string
  name: string | undefined
  phone: string | undefined
  address: string | undefined
  children: readonly number[]
  /** Names of categories and circumstances. */
  happening: readonly string[]
  help: readonly string[]
  /** The story, cut to a few lines. */
  words: string | null
  now: Date
}

/** So much of a story fits on the page, with everything else; the rest stands in the request. */
const longestPrinted = 700

/** Lines for who it is, by whom the child is represented, and the signature (152-ФЗ, ст. 9, ч. 4). Pure. */
export const signingBlanks = (say: Say): Blanks => {
  const caption = (key: string) => say.label(`papers.sign.${key}`)
  const signed = [caption('signature'), caption('inFull'), caption('day')]
  if (say.address === 'minor') return [[caption('fullName')], signed]
  return [
    ...[[caption('fullName')], [caption('address')], [caption('identity')]],
    ...[[caption('child')], [caption('authority')]],
    signed,
  ]
}

/** The application (заявление) as a page to be signed. A minor's has no story and names no circumstances: paper is found by others. Pure. */
export const applicationPaper = (say: Say, facts: ApplicationFacts): Paper => {
  const { organisation, number, territory, who, name, phone, address, children, happening, help, words } =
    facts
  const label = (key: string, values?: Record<string, string>) =>
    say.label(`papers.application.${key}`, values)
  const minor = say.address === 'minor'
  const told = minor ? [] : [happening.join('; '), ...(words === null ? [] : [cut(words)])].filter(Boolean)
  const from = [
    [name, who].filter(Boolean).join('. '),
    ...(phone === undefined ? [] : [label('contact', { phone })]),
    ...(address === undefined || minor ? [] : [label('address', { address })]),
    ...(children.length === 0 || minor ? [] : [label('children', { years: children.join(', ') })]),
  ]
  const asked = [
    label('askText'),
    ...(help.length === 0 || minor ? [] : [label('help', { help: help.join(', ') })]),
  ]
  return {
    language: say.language,
    madeAt: facts.now,
    organisation: organisation.name,
    title: label('title'),
    facts: [...(number === null ? [] : [label('number', { number })]), label('territory', { territory })],
    sections: [
      { heading: label('from'), paragraphs: from },
      { heading: label('ask'), paragraphs: asked },
      ...(told.length === 0 ? [] : [{ heading: label('happening'), paragraphs: told }]),
    ],
    tables: [],
    notes: [label('voluntary')],
    blanks: signingBlanks(say),
    footer: label('footer', {
      ...{ organisation: organisation.name, contact: organisation.contact },
      ...{ page: pageSign, count: countSign },
    }),
  }
}

const cut = (words: string): string => {
  const line = words.replace(/\s+/g, ' ')
  if (line.length <= longestPrinted) return line
  return `${line.slice(0, line.lastIndexOf(' ', longestPrinted) + 1 || longestPrinted).trim()} …`
}
