import { escapeHtml } from '#core/text.ts'

/** HTML that is known to be so. */
export type Markup = { readonly markup: string }

type Value = string | number | Markup | readonly Markup[] | null | undefined | false

/** HTML out of parts: whatever is no markup of ours is text, and is escaped. Attributes are to be written in double quotes. */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Markup => ({
  markup: strings.map((text, index) => text + written(values[index])).join(''),
})

const written = (value: Value): string => {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('')
}

/** What was drawn here as SVG. */
export const trustedSvg = (svg: string): Markup => ({ markup: svg })
