/** @typedef {'ru' | 'en'} Language */

const remembered = 'ryadom.language'
/** @type {Record<string, string>} */
let table = {}
/** @type {Language} */
let language = 'ru'
/** @type {Set<() => void>} */
const listeners = new Set()

/** The language to begin with: the remembered one, else Russian where the browser knows Russian. */
export function firstLanguage() {
  const kept = localStorage.getItem(remembered)
  if (kept === 'ru' || kept === 'en') return kept
  return navigator.languages.some((code) => code.startsWith('ru')) ? 'ru' : 'en'
}

/** @returns {Language} */
export function currentLanguage() {
  return language
}

/**
 * Loads a language's words and tells everybody who listens.
 * @param {Language} code
 */
export async function useLanguage(code) {
  const response = await fetch(new URL(`./words/${code}.json`, import.meta.url))
  table = await response.json()
  language = code
  document.documentElement.lang = code
  for (const listener of listeners) listener()
}

/** @param {Language} code */
export function rememberLanguage(code) {
  localStorage.setItem(remembered, code)
}

/** @param {() => void} listener */
export function onLanguage(listener) {
  listeners.add(listener)
}

/**
 * Words by key; `{{name}}` is filled from the params, `count` chooses the plural form (`key_one`, `key_few` …).
 * An unknown key is returned as it is, which a test looks for.
 * @param {string} key
 * @param {Record<string, string | number>} [params]
 * @returns {string}
 */
export function t(key, params = {}) {
  const form =
    typeof params.count === 'number' ? `${key}_${new Intl.PluralRules(language).select(params.count)}` : key
  const words = table[form] ?? table[key] ?? key
  return words.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => String(params[name] ?? ''))
}
