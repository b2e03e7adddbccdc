import { escapeHtml } from '#core/text.ts'

/** Trusted HTML. */
export type Markup = { readonly markup: string }

type Value = string | number | Markup | readonly Markup[] | null | undefined | false

/** Builds HTML; escapes every value that is not `Markup`. Attributes must use double quotes. */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Markup => ({
  markup: strings.map((text, index) => text + written(values[index])).join(''),
})

const written = (value: Value): string => {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('')
}

/** Marks an SVG drawn by this process as trusted. */
export const trustedSvg = (svg: string): Markup => ({ markup: svg })
