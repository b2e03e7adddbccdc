import type { Visited } from './results-page.ts'

type Browser = { get(path: string): Promise<Visited> }

/** An address without what only sorts, turns pages or goes to another day: such pages have no end. */
const plain = (address: string): string => {
  const { pathname, searchParams } = new URL(address.replaceAll('&amp;', '&'), 'http://console')
  for (const name of [...searchParams.keys()])
    if (!['show', 'as', 'format', 'kind', 'tab', 'part'].includes(name)) searchParams.delete(name)
  return `${pathname}${searchParams.size > 0 ? `?${searchParams}` : ''}`
}

/** More than there are: a walk that does not end is a fault of its own. */
const most = 600

/** Opens every page and every file of the console that a link leads to, each once; `also`: pages that no list leads to. */
export const walkConsole = async (
  desk: Browser,
  also: readonly string[] = [],
): Promise<Map<string, Visited>> => {
  const opened = new Map<string, Visited>()
  const waiting = ['/console', ...also]
  for (let path = waiting.shift(); path !== undefined && opened.size < most; path = waiting.shift()) {
    if (opened.has(path)) continue
    const page = await desk.get(path)
    opened.set(path, page)
    if (!page.headers.get('content-type')?.startsWith('text/html')) continue
    for (const [, address = ''] of page.text.matchAll(/href="(\/console[^"#]*)/g)) {
      const next = plain(address)
      if (!opened.has(next) && !/\/(live|leave|assets|theme)\b/.test(next)) waiting.push(next)
    }
  }
  return opened
}
