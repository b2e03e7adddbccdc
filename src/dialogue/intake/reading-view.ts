import { formatBirthDate } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import type { Reading } from '#features/intake/typed/reading.ts'
import type { CardBuilder } from '../card-builder.ts'
import type { Button } from '../view.ts'
import { optionLabel } from './option-label-view.ts'

type Facts = { readings: readonly Reading[]; region: string }

/** «Верно: 12 марта 2012?», or several readings to choose from; until then nothing is taken for an answer. */
export const readingsBody = (builder: CardBuilder, facts: Facts): { rows: Button[][]; more: string } => {
  const { say, button } = builder
  const words = facts.readings.map((reading) => readingInWords(say, facts.region, reading))
  const [only = ''] = words
  const other = [button(say.label('question.check.no'), 'no')]
  if (words.length === 1)
    return {
      more: say.t('question.check.one', { what: only }),
      rows: [[button(say.label('question.check.yes'), 'yes', '0')], other],
    }
  const list = words.map((what, at) => `${at + 1}. ${escapeHtml(what)}`).join('\n')
  const rows = words.map((_, at) => [
    button(say.label('question.check.choose', { number: at + 1 }), 'yes', String(at)),
  ])
  return { more: `${say.t('question.check.several')}\n${list}`, rows: [...rows, other] }
}

const readingInWords = (say: Say, region: string, reading: Reading): string => {
  const { birthDate, children, ages, phone, territory, territoryWords, name, age } = reading
  if (age !== undefined) return say.label('question.check.years', { count: age })
  if (birthDate) return formatBirthDate(say, birthDate)
  if (phone) return spaced(phone)
  if (name) return name
  if (territory) {
    const name = optionLabel(say, region, 'territory', territory)
    return territoryWords ? `${name} – ${territoryWords}` : name
  }
  return childrenInWords(say, children ?? [], ages)
}

const childrenInWords = (say: Say, years: readonly number[], ages: readonly string[] | undefined): string => {
  if (years.length === 0) return say.label('question.children.none')
  const born = say.label('question.check.born', { count: years.length, years: years.join(', ') })
  return ages ? `${ages.map((age) => ageInWords(say, age)).join(', ')} (${born})` : born
}

const ageInWords = (say: Say, age: string): string => {
  const count = Number.parseInt(age, 10)
  if (age.endsWith('y')) return say.label('question.check.years', { count })
  const [years, months] = [Math.floor(count / 12), count % 12]
  return [
    years > 0 && say.label('question.check.years', { count: years }),
    (months > 0 || years === 0) && say.label('question.check.months', { count: months }),
  ]
    .filter(Boolean)
    .join(' ')
}

/** «+7 928 123-45-67»; a number of another country as it is dialled. */
const spaced = (phone: string): string => phone.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7 $1 $2-$3-$4')
