import { z } from 'zod'
import { mergeEdits } from '#features/staff/merge-edits.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Typed } from './typed.ts'
import type { Visit } from './visit.ts'

// A record that two people may have open at once: what a form rests upon, and what of it has changed since its page was drawn.

/** A fact of a record: what is compared, and what a person reads of it. Codes of a list are one value, whatever their order. */
export type Fact = { value: string | readonly string[]; words: string }

/** How a record stands. `facts`: by name, a key under `console.facts`; what else the record has may change unseen. */
export type Standing = { revision: number; facts: Readonly<Record<string, Fact>> }

const stood = z.record(z.string().max(64), z.string().max(2000))

const written = (value: string | readonly string[] | undefined): string =>
  [value ?? ''].flat().filter(Boolean).toSorted().join('\n')

const valuesOf = ({ facts }: Standing): Record<string, string> =>
  Object.fromEntries(Object.entries(facts).map(([name, { value }]) => [name, written(value)]))

/** Fields of a form that say how the record stood when its page was drawn. */
export const standsAs = (standing: Standing): Markup =>
  html`<input type="hidden" name="revision" value="${standing.revision}"><input type="hidden" name="stood" value="${JSON.stringify(valuesOf(standing))}">`

/** The same as it came with a form: a page that is drawn on the way is no newer look at the record. */
export const asShown = ({ revision, stood }: Typed): Markup =>
  html`<input type="hidden" name="revision" value="${String(revision ?? '')}"><input type="hidden" name="stood" value="${String(stood ?? '')}">`

export type Settled =
  | { ok: true; fields: Readonly<Record<string, Fact['value'] | number>> }
  | { ok: false; clashes: string[] }

/**
 * What a form does with a record that has changed since its page was drawn: nothing, as long as each fact on which it rests stands as it
 * was shown. Facts that the form itself changes (`edits`, under the names of its fields) are merged: one that was left as it was shown stays as it
 * is now, and one that both have changed otherwise is a clash. Pure.
 */
export const settle = (
  now: Standing,
  { typed, edits }: { typed: Typed; edits: readonly string[] },
): Settled => {
  const fields = { revision: now.revision }
  if (String(typed.revision ?? '') === String(now.revision)) return { ok: true, fields }
  const read = stood.safeParse(json(typed.stood))
  const shown = read.success ? read.data : {}
  const current = valuesOf(now)
  const moved = Object.keys(current).filter((name) => !edits.includes(name) && shown[name] !== current[name])
  const edited = only(edits, (name) => written(typed[name]))
  const known = edits.filter((name) => name in shown)
  const { changes, conflicts } = mergeEdits({
    shown: only(known, (name) => shown[name] ?? ''),
    typed: edited,
    now: only(edits, (name) => current[name] ?? ''),
  })
  // A form that does not say how it was drawn rests upon everything.
  const clashes = read.success ? [...moved, ...conflicts] : Object.keys(current)
  if (clashes.length > 0) return { ok: false, clashes }
  const kept = edits.filter((name) => !(name in changes) && edited[name] !== current[name])
  return { ok: true, fields: { ...fields, ...only(kept, (name) => now.facts[name]?.value ?? '') } }
}

const only = <T>(names: readonly string[], value: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, value(name)]))

const json = (given: unknown): unknown => {
  try {
    return JSON.parse(typeof given === 'string' ? given : '')
  } catch {
    return null
  }
}

/** What has changed meanwhile, a line each: what it is now. */
export const clashLines = (
  { say }: Pick<Visit, 'say'>,
  now: Standing,
  clashes: readonly string[],
): Markup => {
  const lines = clashes.flatMap((name) => {
    const fact = now.facts[name]
    return fact ? [html`<li>${say.label(`console.facts.${name}`)}: <b>${fact.words}</b></li>`] : []
  })
  return html`${lines.length > 0 && html`<ul>${lines}</ul>`}`
}
