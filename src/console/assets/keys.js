// Shortcuts of the console: nothing depends on them.
const inField = ({ target }) => target.closest('input, textarea, select, [contenteditable]') !== null

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event)) return
  if (event.key !== '/') return
  event.preventDefault()
  document.getElementById('find')?.focus()
})
