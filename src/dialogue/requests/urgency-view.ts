import type { Say } from '#core/text.ts'
import type { UrgentReason } from '#features/requests/urgent-reasons.ts'
import type { Region } from '#regions/schema.ts'
import { optionLabel } from '../intake/option-label-view.ts'

/** Why a request is urgent, for staff: «из слов: насилие; отмечено: …». Quotes nothing of what was written. */
export const reasonsInWords = (say: Say, region: Region, reasons: readonly UrgentReason[]): string => {
  const after = (prefix: string) =>
    reasons.filter((reason) => reason.startsWith(prefix)).map((reason) => reason.slice(prefix.length))
  const kinds = after('words.')
  const marked = after('circumstance.').map((code) => {
    const list = region.categories.some((one) => one.code === code) ? 'categories' : 'circumstances'
    return optionLabel(say, region.code, list, code)
  })
  return [
    reasons.includes('under-ten') && say.label('case.reasons.underTen'),
    reasons.includes('said-now') && say.label('case.reasons.saidNow'),
    reasons.includes('short-way') && say.label('case.reasons.shortWay'),
    reasons.includes('by-phone') && say.label('case.reasons.byPhone'),
    reasons.includes('by-staff') && say.label('case.reasons.byStaff'),
    kinds.length > 0 &&
      say.label('case.reasons.words', {
        kinds: kinds.map((kind) => say.label(`case.reasons.kinds.${kind}`)).join(', '),
      }),
    reasons.includes('words') && say.label('case.reasons.listed'),
    marked.length > 0 && say.label('case.reasons.marked', { marked: marked.join('; ') }),
  ]
    .filter(Boolean)
    .join('; ')
}
