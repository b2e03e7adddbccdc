/** @typedef {'light' | 'dark' | 'auto'} Theme */

const remembered = 'ryadom.theme'

/** @returns {Theme} */
export function currentTheme() {
  const kept = localStorage.getItem(remembered)
  return kept === 'light' || kept === 'dark' ? kept : 'auto'
}

/**
 * `auto` follows the system; it is the default.
 * @param {Theme} theme
 */
export function useTheme(theme) {
  if (theme === 'auto') {
    localStorage.removeItem(remembered)
    delete document.documentElement.dataset.theme
    return
  }
  localStorage.setItem(remembered, theme)
  document.documentElement.dataset.theme = theme
}
