const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const named = (attributes: string): string => / name="([^"]+)"/.exec(attributes)?.[1] ?? ''
const valued = (attributes: string): string => unescaped(/ value="([^"]*)"/.exec(attributes)?.[1] ?? '')

/** What the form of a page would send as it stands, without its buttons; of fields that come several times the last. */
export const fieldsIn = (page: string): Record<string, string> => {
  const form = page.slice(page.indexOf('<main'))
  const inputs = [...form.matchAll(/<input( [^>]*)>/g)].flatMap(([, attributes = '']) =>
    attributes.includes('type="checkbox"') && !/ checked/.test(attributes)
      ? []
      : [[named(attributes), valued(attributes)] as const],
  )
  const areas = [...form.matchAll(/<textarea( [^>]*)>([^<]*)</g)].map(
    ([, attributes = '', text = '']) => [named(attributes), unescaped(text)] as const,
  )
  const chosen = [...form.matchAll(/<select( [^>]*)>(.*?)<\/select>/gs)].map(
    ([, attributes = '', options = '']) =>
      [named(attributes), valued(/<option( [^>]*) selected/.exec(options)?.[1] ?? ' ')] as const,
  )
  const ours = [...inputs, ...areas, ...chosen].filter(
    ([name]) => !['', 'csrf', 'once', 'draft'].includes(name),
  )
  return Object.fromEntries(ours)
}
