import type { Say } from '#core/text.ts'
import type { Markup } from '#http/markup.ts'
import type { ConsoleSession } from '#storage/console/console-access.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import type { ConsoleDeps } from './console-deps.ts'
import type { SectionName } from './sections.ts'

/** One request of a member of staff who is in the console. */
export type Visit = {
  deps: ConsoleDeps
  staff: StaffMember
  session: ConsoleSession
  say: Say
  now: Date
  /** Where the console is for this browser: `https://bot.example.org`. */
  origin: string
  /** As the browser asked for it: path and query. */
  path: string
  /** An open page is drawn anew, because something has changed; nobody has opened it just now. */
  redrawn: boolean
  /** The file of a form that has one. */
  upload?: Uint8Array | undefined
}

/** A record that two people may have open at once: `requests/<id>`, `families/<id>`. */
export type Place = `${'requests' | 'families'}/${string}`

/** What a page shows; its frame is `layout.ts`. */
export type Page = {
  title: string
  /** Where it stands in the navigation. */
  section: SectionName | null
  body: Markup
  /** It is redrawn when something of the reader's work changes. */
  live?: true
  place?: Place
  /** It is shown over another page, whose reader is still there. */
  aside?: true
}

/** Where a form leads; `done` is what is said there, a key under `console.done`. */
export type Next = {
  to: string
  done?: string
  /** The form that takes it back, offered there for ten seconds: only for what has not left yet. */
  undo?: `/console/${string}`
}

/** What a form answers itself, once: a link or secret that is shown only now. Sent again, the form leads `to`. */
export type Shown = Next & { shown: Page }

/** The page of a form again, which says what does not fit; nothing was done. */
export type Again = { again: Page }

/** A file of the console; names may hold letters of any language. */
export type Download = {
  name: string
  type: string
  /** A function: it is fetched from elsewhere, which may take its time, after the page's work is done. */
  content: string | Uint8Array | (() => Promise<Uint8Array>)
  /** Its `etag`, if it never changes under its address: a part of it may be asked for, as players do. */
  tag?: string
}
