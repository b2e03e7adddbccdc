import { formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { html, type Markup } from '#http/markup.ts'
import { inKindWords } from '#core/withheld.ts'
import { assetAddress } from './assets.ts'
import { buttonTo, formTo } from './form-markup.ts'
import { type SectionName, sections, sectionsOf } from './sections.ts'
import type { Page, Visit } from './visit.ts'

/** What the frame of a page needs besides the page. */
export type Frame = {
  served: ReadonlySet<SectionName>
  /** Who else has the same record open. */
  others: readonly string[]
  /** What was just done, a key under `console.done`. */
  done: string | null
  /** The form that takes it back, while there is time. */
  undo: string | null
}

// No attribute holds code: the pages' policy forbids to evaluate any.
const htmxConfig = '{"includeIndicatorCSS":false,"extensions":"sse","history":false}'

// Not in a tagged template: bundlers rewrite those that end a script.
const scriptOf = (name: 'htmx.js' | 'console.js'): Markup => ({
  markup: `<script src="${assetAddress(name)}" defer></script>`,
})

/** The document around any page, with or without somebody in the console. */
export const documentOf = (
  say: Say,
  {
    title,
    body,
    live,
    onward,
  }: {
    title: string
    body: Markup
    live: boolean
    /** Where the browser goes on by itself. */
    onward?: string
  },
): string => {
  const page = html`<!doctype html>
<html lang="${say.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content="${htmxConfig}">
${onward !== undefined && html`<meta http-equiv="refresh" content="0;url=${onward}">`}
<title>${title} · ${say.label('console.name')}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assetAddress('console.css')}">
${scriptOf('htmx.js')}
${scriptOf('console.js')}
</head>
<body${live ? html` hx-sse:connect="/console/live"` : null}>
${body}
</body>
</html>
`.markup
  return inKindWords(say, page)
}

/** A page in the frame of the console. */
export const pageInFrame = (visit: Visit, page: Page, frame: Frame): string => {
  const { say } = visit
  const body = html`<a class="skip" href="#main">${say.label('console.skip')}</a>
${topOf(visit)}
${navigation(visit, page, frame)}
<main id="main" tabindex="-1">
${said(visit, frame)}
${page.live ? liveOf(visit, page) : page.body}
</main>
${footOf(visit)}
${templates(say)}`
  return documentOf(say, { title: page.title, body, live: true })
}

/** The part that is fetched anew, from the page's own address, when something has changed. */
const liveOf = ({ path }: Visit, { body }: Page): Markup =>
  html`<div id="live" hx-get="${path}" hx-trigger="console-changed from:body, every 300s" hx-select="#live" hx-target="#live" hx-swap="outerMorph">${body}</div>`

const said = (visit: Visit, { done, others, undo }: Frame): Markup => {
  const { say } = visit
  const key = `console.done.${done}`
  const known = done !== null && say.has(key)
  const names = others.join(', ')
  return html`<div role="status">${known && html`<div class="said">${say.label(key)} ${undo !== null && html`<span class="undo">${buttonTo(visit, undo, say.label('console.undo'), 'quiet')}</span>`}</div>`}</div>
${others.length > 0 && html`<p class="others">${say.label('console.others', { names, count: others.length })}</p>`}`
}

const topOf = (visit: Visit): Markup => {
  const { say, staff } = visit
  const exit = formTo(
    visit,
    '/console/exit',
    html`<button class="quiet">${say.label('console.exit')}</button>`,
  )
  const find = formTo(
    visit,
    '/console/find',
    html`<label class="hidden" for="find">${say.label('console.find.label')}</label>
<input id="find" name="text" type="search" maxlength="100" autocomplete="off" placeholder="${say.label('console.find.placeholder')}" aria-keyshortcuts="/">
<button class="quiet">${say.label('console.find.button')}</button>`,
    { class: 'find', role: 'search' },
  )
  return html`<header class="top"><a class="brand" href="/console">${say.label('console.name')}</a>
${find}
<p class="who"><a href="/console/me">${staff.name}</a>, ${say.label(`console.roles.${staff.role}`)}</p>${exit}</header>`
}

const navigation = ({ say, staff }: Visit, { section }: Page, { served }: Frame): Markup => {
  const links = sectionsOf(staff.role, served).map((name) => {
    const here = name === section
    return html`<li><a href="${sections[name].path}"${here ? html` aria-current="page"` : null}>${say.label(`console.sections.${name}`)}</a></li>`
  })
  return html`<nav class="sections" aria-label="${say.label('console.navigation')}"><ul>${links}</ul></nav>`
}

/** What scripts show: without them nothing of it is needed. */
const templates = (
  say: Say,
): Markup => html`<template id="under-way"><p class="under-way" role="status"><progress></progress> ${say.label('console.underWay')}</p></template>
<template id="draft-offer"><p class="draft" role="status">${say.label('console.draft.offer')} <time></time> <button type="button">${say.label('console.draft.take')}</button> <button type="button" class="quiet">${say.label('console.draft.drop')}</button></p></template>
<template id="draft-trouble"><p class="draft trouble" role="status">${say.label('console.draft.trouble')}</p></template>
<template id="file-away"><p class="note file-away" role="status">${say.label('console.files.away')}</p></template>`

const footOf = ({ say, session, deps }: Visit): Markup => {
  const time = formatTime(session.expiresAt, deps.region.timeZone)
  return html`<footer><p>${say.label('console.until', { time })} <a href="/console/go">${say.label('console.go')}</a></p></footer>`
}
