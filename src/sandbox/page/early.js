// Runs before the first paint, so that a stored dark theme does not flash white.
{
  const theme = localStorage.getItem('ryadom.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const language = localStorage.getItem('ryadom.language')
  if (language) document.documentElement.lang = language
}
