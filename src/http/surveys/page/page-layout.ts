import type { Say } from '#core/text.ts'
import { html, type Markup } from '#http/markup.ts'

/** A complete page without scripts; the content security policy forbids them too. */
export const pageOf = (say: Say, { title, body }: { title: string; body: Markup }): string =>
  html`<!doctype html>
<html lang="${say.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/results/page.css">
</head>
<body>
${body}
</body>
</html>
`.markup

export type Notice = 'gone' | 'ended' | 'left' | 'refused' | 'busy' | 'failed'

/** A page with a single notice. */
export const noticePage = (say: Say, notice: Notice): string => {
  const title = say.label(`resultsPage.${notice}.title`)
  return pageOf(say, {
    title,
    body: html`<main class="notice"><h1>${title}</h1><p>${say.label(`resultsPage.${notice}.text`)}</p></main>`,
  })
}

/** Opening takes a tap, because link previews of messengers would use up a one-time link. */
export const openPage = (say: Say): string => {
  const title = say.label('resultsPage.open.title')
  const button = html`<form method="post"><button>${say.label('resultsPage.open.button')}</button></form>`
  return pageOf(say, {
    title,
    body: html`<main class="notice"><h1>${title}</h1><p>${say.label('resultsPage.open.text')}</p>${button}</main>`,
  })
}
