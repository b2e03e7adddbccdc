/** What compose.yaml says of one service, with its variables filled in; only what our file uses. */
export type Service = {
  image: string
  user: string | undefined
  entrypoint: string[]
  command: string[]
  environment: Record<string, string>
  tmpfs: string[]
  volumes: string[]
  /** As an argument list: `CMD-SHELL` is given to a shell. */
  healthcheck: string[]
  readOnly: boolean
  capDrop: string[]
  securityOpt: string[]
}

type Node = string | Node[] | { [key: string]: Node }
type Line = { indent: number; text: string; raw: string }

/** Parses the part of YAML that compose.yaml is written in, and fills in `${NAME:?…}`. Throws for anything else. */
export const parseCompose = (source: string, variables: Record<string, string>): Record<string, Service> => {
  const lines = source
    .split('\n')
    .map((raw) => ({ indent: raw.search(/\S/), text: raw.trim(), raw }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'))
  const anchors: Record<string, Node> = {}
  const root = block(lines, 0, anchors) as { services: Record<string, Record<string, Node>> }
  const filled = (text: string) =>
    text
      .replace(/\$\{(\w+):\?[^}]*\}/g, (_, name: string) => {
        if (!variables[name]) throw new Error(`${name} is not set`)
        return variables[name]
      })
      .replaceAll('$$', '$')
  const list = (node: Node | undefined) => (Array.isArray(node) ? node.map((one) => filled(String(one))) : [])
  const map = (node: Node | undefined) =>
    Object.fromEntries(Object.entries((node ?? {}) as object).map(([key, one]) => [key, filled(String(one))]))
  return Object.fromEntries(
    Object.entries(root.services).map(([name, one]) => {
      const [kind, ...test] = list((one.healthcheck as { test?: Node } | undefined)?.test)
      const service: Service = {
        image: String(one.image),
        user: one.user as string | undefined,
        entrypoint: list(one.entrypoint),
        command: list(one.command),
        environment: map(one.environment),
        tmpfs: list(one.tmpfs),
        volumes: list(one.volumes),
        healthcheck: kind === 'CMD-SHELL' ? ['sh', '-c', ...test] : test,
        readOnly: one.read_only === 'true',
        capDrop: list(one.cap_drop),
        securityOpt: list(one.security_opt),
      }
      return [name, service]
    }),
  )
}

/** Reads the lines of this indentation from the front of `lines`, as a map or a list. */
const block = (lines: Line[], indent: number, anchors: Record<string, Node>): Node => {
  const items: Node[] = []
  const map: { [key: string]: Node } = {}
  for (let line = lines[0]; line?.indent === indent; line = lines[0]) {
    lines.shift()
    if (line.text.startsWith('- ')) {
      items.push(line.text === '- |' ? literal(lines, indent) : value(line.text.slice(2)))
      continue
    }
    const [, key = '', rest = ''] = /^([\w-]+|<<):\s*(.*)$/.exec(line.text) ?? []
    if (key === '') throw new Error(`not understood here: ${line.text}`)
    if (key === '<<') Object.assign(map, anchors[rest.slice(1)])
    else if (rest === '' || rest.startsWith('&')) {
      const deeper = lines[0]?.indent ?? 0
      map[key] = deeper > indent ? block(lines, deeper, anchors) : ''
      if (rest.startsWith('&')) anchors[rest.slice(1)] = map[key]
    } else map[key] = value(rest)
  }
  return items.length > 0 ? items : map
}

const literal = (lines: Line[], indent: number): string => {
  const taken: string[] = []
  const own = lines[0]?.indent ?? 0
  while (lines[0] && lines[0].indent > indent) taken.push(lines.shift()?.raw.slice(own) ?? '')
  return `${taken.join('\n')}\n`
}

const value = (text: string): Node => {
  const parts = () =>
    text
      .slice(1, -1)
      .split(/,\s*(?=(?:[^']*'[^']*')*[^']*$)/)
      .map((part) => part.trim())
  if (text.startsWith('[')) return parts().map(value)
  if (text.startsWith('{'))
    return Object.fromEntries(
      parts().map((part) => [part.split(': ')[0] ?? '', value(part.split(': ')[1] ?? '')]),
    )
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text
}
