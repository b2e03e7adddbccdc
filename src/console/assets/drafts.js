// A form is sent by one press, however often the button is pressed.
document.addEventListener('submit', ({ target }) => {
  for (const button of target.querySelectorAll('button')) setTimeout(() => (button.disabled = true))
})
