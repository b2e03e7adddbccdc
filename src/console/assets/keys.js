// Shortcuts of the console: nothing depends on them.
const inField = ({ target }) => target.closest('input, textarea, select, [contenteditable]') !== null

let palette
/** «Перейти», fetched once: its page works by itself, too. */
const paletteOf = async () => {
  if (palette) return palette
  const answer = await fetch('/console/go')
  if (!answer.ok) throw new Error('not signed in')
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  palette = {}
  for (const id of ['go', 'keys']) {
    const dialog = document.createElement('dialog')
    dialog.className = 'palette'
    dialog.setAttribute('aria-label', page.querySelector(id === 'go' ? 'h1' : '#keys h2').textContent)
    dialog.append(...page.getElementById(id).childNodes)
    document.body.append(dialog)
    palette[id] = dialog
  }
  listen(palette.go)
  return palette
}

const listen = (dialog) => {
  const field = dialog.querySelector('input')
  const items = [...dialog.querySelectorAll('li')]
  field.closest('label').hidden = false
  field.addEventListener('input', () => {
    const words = field.value.trim().toLowerCase().split(/\s+/)
    for (const item of items) {
      const text = item.textContent.toLowerCase()
      item.hidden = !words.every((word) => text.includes(word))
    }
  })
  dialog.addEventListener('keydown', (event) => {
    const shown = items.filter((item) => !item.hidden).map((item) => item.querySelector('a'))
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const at = shown.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)
      ;(shown[at] ?? field).focus()
    }
    if (event.key !== 'Enter' || event.target !== field) return
    event.preventDefault()
    if (shown[0]) return shown[0].click()
    // Nothing of one's own is called like this: the search looks for it.
    const find = document.getElementById('find')
    find.value = field.value
    find.form.requestSubmit()
  })
}

const show = async (id) => {
  try {
    const dialog = (await paletteOf())[id]
    if (!dialog.open) dialog.showModal()
    dialog.querySelector('input')?.select()
  } catch {
    location.href = '/console/go'
  }
}

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') {
    event.preventDefault()
    return show('go')
  }
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event)) return
  if (event.key === '?') return show('keys')
  if (event.key !== '/') return
  event.preventDefault()
  document.getElementById('find')?.focus()
})
