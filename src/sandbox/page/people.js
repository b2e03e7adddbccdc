import { addPerson, Refused } from './api.js'
import { h } from './dom.js'
import { icon } from './icons.js'
import { t } from './words.js'

const languages = /** @type {const} */ (['ru', 'en'])

/**
 * The dialog that adds a person with a phone.
 * @param {(personId: number) => void} added
 */
export function openAddPerson(added) {
  const field = (
    /** @type {string} */ word,
    /** @type {HTMLElement} */ input,
    /** @type {string | undefined} */ note = undefined,
  ) => h('label', { class: 'field' }, h('span', { word }), input, note ? h('small', { word: note }) : null)
  const name = h('input', { name: 'firstName', required: true, maxlength: 64, autocomplete: 'off' })
  const language = h(
    'select',
    { name: 'languageCode' },
    ...languages.map((code) => h('option', { value: code, word: `language.${code}` })),
  )
  const phone = h('input', {
    name: 'phone',
    type: 'tel',
    required: true,
    pattern: '\\+?[0-9 \\(\\)\\-]{7,20}',
    autocomplete: 'off',
    value: inventedPhone(),
  })
  const problem = h('p', { class: 'problem', role: 'alert' })
  const form = h(
    'form',
    { class: 'sheet' },
    h('h2', { id: 'add-title', word: 'people.add' }),
    h('p', { word: 'people.about' }),
    field('people.name', name),
    field('people.language', language, 'people.languageNote'),
    field('people.phone', phone, 'people.phoneNote'),
    problem,
    h(
      'div',
      { class: 'sheet-buttons' },
      h('button', {
        type: 'button',
        class: 'plain',
        word: 'window.cancel',
        on: { click: () => dialog.close() },
      }),
      h('button', { type: 'submit', class: 'solid', word: 'people.create' }),
    ),
  )
  const close = h(
    'button',
    {
      type: 'button',
      class: 'round sheet-close',
      label: 'window.close',
      on: { click: () => dialog.close() },
    },
    icon('close'),
  )
  const dialog = h('dialog', { class: 'sheet-dialog', 'aria-labelledby': 'add-title' }, form, close)

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    try {
      const person = await addPerson({
        firstName: name.value.trim(),
        languageCode: language.value,
        phone: phone.value.trim(),
      })
      dialog.close()
      added(person.id)
    } catch (error) {
      problem.textContent =
        error instanceof Refused ? t('error.refused', { reason: error.message }) : t('error.offline')
    }
  })
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  name.focus()
}

/** A plausible mobile number as the default. */
function inventedPhone() {
  const tail = String(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0)
    .padStart(7, '0')
    .slice(-7)
  return `+7900${tail}`
}
