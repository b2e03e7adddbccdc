import { escapeHtml, type Say, type Values } from '#core/text.ts'

/** Trusted HTML. */
export type Markup = { readonly markup: string }

type Value = string | number | Markup | readonly (Markup | Nothing)[] | Nothing
type Nothing = null | undefined | false

/** Builds HTML; escapes every value that is not `Markup`. Attributes must use double quotes. */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Markup => ({
  markup: strings.map((text, index) => text + written(values[index])).join(''),
})

const written = (value: Value): string => {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'markup' in value ? value.markup : value.map((one) => (one ? one.markup : '')).join('')
}

/** Marks an SVG drawn by this process as trusted. */
export const trustedSvg = (svg: string): Markup => ({ markup: svg })

/** A text of `locales/`, which may hold `<b>`, `<i>` and `<a>`; its values are escaped. */
export const told = (say: Say, key: string, values?: Values): Markup => ({ markup: say.t(key, values) })
