import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export type Rule = { alert: string; expr: string; labels: { severity: string }; annotations: object }
/** Series by name and labels, as `name{a="b"}`, with their values. */
export type Scrape = Map<string, { name: string; labels: Record<string, string>; value: number }>

export const readRules = (): Rule[] => {
  const file = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'alerts.yml'), 'utf8')
  return (parse(file) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules)
}

const pairs = (text = ''): [string, string, string][] =>
  [...text.matchAll(/(\w+)(=~|=)"([^"]*)"/g)].map(([, name = '', how = '', value = '']) => [name, how, value])

export const readScrape = (text: string): Scrape => {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const [, key = '', name = '', labels, value] = /^((\w+)(?:\{(.*)\})?) (\S+)$/.exec(line) ?? []
      const of = Object.fromEntries(pairs(labels).map(([label, , is]) => [label, is]))
      return [key, { name, labels: of, value: Number(value) }]
    }),
  )
}

const grammar = /^(increase\()?(\w+)(?:\{([^}]*)\})?(?:\[\w+\]\))? (>|==) (\S+)$/

/**
 * Whether a rule fires between two scrapes. Only selectors, comparisons and `increase` are known; anything else throws,
 * so that no rule stands unread. A series that is new in the second scrape has no increase, as in Prometheus.
 */
export const fires = ({ expr }: Rule, before: Scrape, after: Scrape): boolean => {
  const [, increase, name, labels, compares, bound] = grammar.exec(expr) ?? []
  if (name === undefined) throw new Error(`not understood: ${expr}`)
  const wanted = pairs(labels)
  return [...after].some(([key, series]) => {
    if (series.name !== name) return false
    if (!wanted.every(([label, how, value]) => matches(how, series.labels[label], value))) return false
    const earlier = increase ? before.get(key)?.value : 0
    const value = series.value - (earlier ?? series.value)
    return compares === '>' ? value > Number(bound) : value === Number(bound)
  })
}

const matches = (how: string, value = '', wanted = ''): boolean =>
  how === '=' ? value === wanted : new RegExp(`^(?:${wanted})$`).test(value)
