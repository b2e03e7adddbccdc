/** `open` and `close` name elements without their prefix: programs differ in these. */
export type XmlEvent =
  | { kind: 'open'; name: string; attributes: Readonly<Record<string, string>> }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string }

const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<[?!][\s\S]*?>|<(\/?)([^\s/>]+)([^>]*?)(\/?)>|([^<]+)/g
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** The elements and texts of a document in their order. Declarations are left out, and no entity is resolved but the five. */
export function* eventsOf(xml: string): Generator<XmlEvent> {
  for (const [, cdata, closing, full, rest = '', empty, text] of xml.matchAll(token)) {
    if (cdata !== undefined) yield { kind: 'text', text: cdata }
    else if (text !== undefined) yield { kind: 'text', text: decoded(text) }
    else if (full !== undefined) {
      const name = local(full)
      if (closing) yield { kind: 'close', name }
      else {
        yield { kind: 'open', name, attributes: attributesIn(rest) }
        if (empty) yield { kind: 'close', name }
      }
    }
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

const attributesIn = (text: string): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const [, name = '', double, single] of text.matchAll(attribute))
    found[local(name)] = decoded(double ?? single ?? '')
  return found
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const decoded = (text: string): string =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole
    const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
