// Makes the tables of docs/regulations.md anew from docs/requirements: node scripts/regulations.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { madePage, pagePath } from '#test/support/requirements.ts'

writeFileSync(pagePath, madePage(readFileSync(pagePath, 'utf8')))
