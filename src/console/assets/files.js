// A picture, voice or video that does not come says so, and the link beside it says why.
document.addEventListener(
  'error',
  ({ target }) => {
    const file = target instanceof Element && target.matches('img, audio, video') && target.closest('.file')
    const said = document.getElementById('file-away')?.content.cloneNode(true)
    if (file && said && !file.querySelector('.file-away')) file.append(said)
  },
  true,
)
