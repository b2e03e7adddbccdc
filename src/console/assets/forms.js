// A form is sent by one press, however often the button is pressed; what takes long says that it is under way.
const busyAfter = 400

document.addEventListener('submit', (event) => {
  const form = event.target
  setTimeout(() => {
    // Another script answers it.
    if (event.defaultPrevented) return
    for (const button of form.querySelectorAll('button')) button.disabled = true
    setTimeout(() => {
      const bar = document.getElementById('under-way')?.content.cloneNode(true)
      if (bar) form.append(bar)
    }, busyAfter)
  })
})

// Whoever comes back by the browser's button finds the form as it was, and not as it was sent.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  for (const bar of document.querySelectorAll('form .under-way')) bar.remove()
  for (const button of document.querySelectorAll('form button')) button.disabled = false
})
