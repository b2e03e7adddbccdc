import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { FastifyInstance } from 'fastify'
import { hourRules } from './calendar/hours.ts'
import { sendAsset } from './send.ts'

const script = 'text/javascript; charset=utf-8'
const style = 'text/css; charset=utf-8'

const own = (name: string) => readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8')
const ofPackage = (name: string) => readFileSync(createRequire(import.meta.url).resolve(name), 'utf8')

const styles = [
  'ground.css',
  'frame.css',
  'parts.css',
  'tables.css',
  'requests.css',
  'request-card.css',
  'request-forms.css',
  'families.css',
  'calendar.css',
  'chart-figure.css',
  'results.css',
  'reports.css',
  'palette.css',
  'plan.css',
  'staff.css',
  'board.css',
  'settings.css',
  'bot-card.css',
]
const scripts = ['keys.js', 'passkeys.js', 'drafts.js', 'forms.js', 'files.js', 'calendar.js']

/** Files that every page refers to. */
const makers = {
  'console.css': () => ({ type: style, content: [...styles.map(own), hourRules()].join('\n') }),
  'htmx.js': () => ({
    type: script,
    content: [ofPackage('htmx.org/dist/htmx.min.js'), ofPackage('htmx.org/dist/ext/hx-sse.min.js')].join(
      '\n',
    ),
  }),
  'console.js': () => ({ type: script, content: scripts.map(own).join('\n') }),
}

type AssetName = keyof typeof makers
type Asset = { type: string; content: string; address: string }

const made = new Map<AssetName, Asset>()

/** Reads a file when somebody first needs it. */
const assetOf = (name: AssetName): Asset => {
  const known = made.get(name)
  if (known) return known
  const { type, content } = makers[name]()
  const version = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const asset = { type, content, address: `/console/assets/${name}?v=${version}` }
  made.set(name, asset)
  return asset
}

/** The address of a file in its version. */
export const assetAddress = (name: AssetName): string => assetOf(name).address

/** Public: they say nothing of anybody. */
export const serveAssets = (app: FastifyInstance): void => {
  for (const name of Object.keys(makers) as AssetName[])
    app.get(`/console/assets/${name}`, (_, reply) => sendAsset(reply, assetOf(name)))
}
