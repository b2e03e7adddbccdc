import { escapeHtml, type Language, type Say, type Texts } from './text.ts'

type NameOf = (language: Language, code: string) => string | undefined

/** Texts in which the centre's own names stand as `<prefix>.<code>`. They may change while the product runs. */
export const withCentreNames = (texts: Texts, prefix: string, nameOf: NameOf): Texts => {
  const start = `${prefix}.`
  const wrapped = new WeakMap<Say, Say>()
  const wrap = (say: Say): Say => {
    const named = (key: string) =>
      key.startsWith(start) ? nameOf(say.language, key.slice(start.length)) : undefined
    return {
      ...say,
      t: (key, values) => {
        const name = named(key)
        return name === undefined ? say.t(key, values) : escapeHtml(name)
      },
      label: (key, values) => named(key) ?? say.label(key, values),
      has: (key) => named(key) !== undefined || say.has(key),
    }
  }
  return {
    for: (language, address) => {
      const say = texts.for(language, address)
      const known = wrapped.get(say) ?? wrap(say)
      wrapped.set(say, known)
      return known
    },
  }
}
