import type { Schema } from './openapi.ts'
import { fieldsIn } from './form-fields.ts'

// Forms of the console as its pages draw them: what a schema cannot say, such as which fields a form of many rows has.

const typable = /^(?:text|search|tel|email|url)$/

/** Names of the fields into which words are typed. */
const typedNames = (form: string): string[] => {
  const inputs = [...form.matchAll(/<input( [^>]*)>/g)].flatMap(([, attributes = '']) =>
    typable.test(/ type="([^"]*)"/.exec(attributes)?.[1] ?? 'text') ? [attributes] : [],
  )
  const areas = [...form.matchAll(/<textarea( [^>]*)>/g)].map(([, attributes = '']) => attributes)
  return [...inputs, ...areas].flatMap((attributes) => / name="([^"]+)"/.exec(attributes)?.[1] ?? [])
}

/** Of lists where nothing is chosen, a browser sends the first. */
const chosenIn = (form: string): Record<string, string> =>
  Object.fromEntries(
    [...form.matchAll(/<select( [^>]*)>(.*?)<\/select>/gs)].flatMap(([, attributes = '', options = '']) => {
      const [, name] = / name="([^"]+)"/.exec(attributes) ?? []
      const [, first] = /<option value="([^"]*)"/.exec(options) ?? []
      return name === undefined || first === undefined || / selected/.test(options) ? [] : [[name, first]]
    }),
  )

export type DrawnForm = { fields: Record<string, string>; words: string[] }

/** The form of a page that leads to an address, with what it would send as it stands; null if the page has none. */
export const drawnForm = (page: string, action: string): DrawnForm | null => {
  const [form] =
    [...page.matchAll(/<form [^>]*?action="([^"]+)"[^>]*>.*?<\/form>/gs)].find(
      ([, led]) => led?.split('?')[0] === action,
    ) ?? []
  if (form === undefined) return null
  return { fields: { ...fieldsIn(`<main${form}`), ...chosenIn(form) }, words: typedNames(form) }
}

/** Fields of a schema that take any words. */
export const wordsOf = ({ properties = {} }: Schema): string[] =>
  Object.entries(properties).flatMap(([name, one]) =>
    one.type === 'string' && !one.format && !one.enum && !one.pattern && !('const' in one) ? [name] : [],
  )
