/** @typedef {'ru' | 'en'} Language */

const remembered = 'ryadom.language'
/** @type {Record<string, string>} */
let table = {}
/** @type {Language} */
let language = 'ru'
/** @type {Set<() => void>} */
const listeners = new Set()

/** The initial language: the stored one, else Russian if the browser accepts it. */
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
 * Loads the texts of a language and notifies all listeners.
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
 * Returns the text of a key; `{{name}}` is replaced from the params, `count` selects the plural form (`key_one`,
 * `key_few` …). An unknown key is returned unchanged, which a test looks for.
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
