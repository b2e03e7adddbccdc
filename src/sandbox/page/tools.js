import { h, say } from './dom.js'
import { icon } from './icons.js'
import { currentTheme, useTheme } from './theme.js'
import { currentLanguage, rememberLanguage, useLanguage } from './words.js'

/**
 * The controls in the page's header: language, theme, adding a person.
 * @param {HTMLElement} place
 * @param {() => void} addPerson
 */
export function createTools(place, addPerson) {
  const language = choice('tools.language', 'language', ['ru', 'en'], currentLanguage(), (code) => {
    rememberLanguage(/** @type {import('./words.js').Language} */ (code))
    void useLanguage(/** @type {import('./words.js').Language} */ (code))
  })
  const theme = choice('tools.theme', 'theme', ['light', 'auto', 'dark'], currentTheme(), (value) =>
    useTheme(/** @type {import('./theme.js').Theme} */ (value)),
  )
  place.append(
    language,
    theme,
    h(
      'button',
      { type: 'button', class: 'solid add', label: 'people.add', on: { click: addPerson } },
      icon('add'),
      h('span', { word: 'people.add' }),
    ),
  )
}

/**
 * On a small screen the header is hidden until its button is pressed.
 * @param {HTMLElement} button
 * @param {HTMLElement} header
 */
export function foldTools(button, header) {
  button.append(icon('more'))
  say(button, 'label', 'tools.more')
  button.addEventListener('click', () => {
    const open = header.classList.toggle('open')
    button.setAttribute('aria-expanded', String(open))
  })
}

const themeIcons = /** @type {Record<string, import('./icons.js').IconName>} */ ({
  light: 'sun',
  auto: 'auto',
  dark: 'moon',
})

/**
 * A choice as radio buttons, which handle arrow keys natively.
 * @param {string} label
 * @param {string} name
 * @param {string[]} values
 * @param {string} chosen
 * @param {(value: string) => void} choose
 */
function choice(label, name, values, chosen, choose) {
  const options = values.map((value) => {
    const input = h('input', {
      type: 'radio',
      name,
      value,
      checked: value === chosen,
      label: `${name}.${value}`,
      on: { change: () => choose(value) },
    })
    const sign = themeIcons[value]
    return h(
      'label',
      { class: 'choice-option', tip: `${name}.${value}` },
      input,
      sign ? icon(sign) : h('span', {}, value.toUpperCase()),
    )
  })
  return h('div', { class: 'choice', role: 'radiogroup', label }, ...options)
}
