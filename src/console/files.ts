import { createHash } from 'node:crypto'
import { fileName } from '#dialogue/messages/file-name-view.ts'
import { maxFileBytes } from '#features/messages/file-refusal.ts'
import type { AttachedFile } from '#features/messages/message-files.ts'
import { html, type Markup } from '#http/markup.ts'
import type { ConsoleDeps } from './console-deps.ts'
import type { Download, Visit } from './visit.ts'

type Shown = Pick<AttachedFile, 'kind' | 'name' | 'size'>

/**
 * A file that somebody sent, to be heard, seen or kept. Nothing is fetched before somebody asks for it; the link says why, if it does
 * not come. `key`: names it on its page.
 */
export const fileMarkup = (
  { say }: Visit,
  { address, key, file }: { address: string; key: string; file: Shown },
): Markup => {
  const name = { markup: fileName(say, file) }
  if ((file.size ?? 0) > maxFileBytes)
    return html`<p class="file">${name}. ${say.label('console.files.large')}</p>`
  if (file.kind === 'document') return html`<p class="file"><a href="${address}">${name}</a></p>`
  const keep = html`<p><a href="${address}">${say.label('console.files.keep')}<span class="hidden">: ${name}</span></a></p>`
  if (file.kind === 'voice' || file.kind === 'audio')
    return html`<figure class="file"><figcaption>${name}</figcaption><audio controls preload="none" src="${address}"></audio>${keep}</figure>`
  const shown =
    file.kind === 'photo'
      ? html`<img loading="lazy" src="${address}" alt="${say.label('console.files.photo')}">`
      : html`<video controls preload="none" src="${address}"></video>`
  return html`<details class="file" id="file-${key}" hx-morph-skip><summary>${name}</summary>${shown}${keep}</details>`
}

const types: Partial<Record<AttachedFile['kind'], string>> = {
  photo: 'image/jpeg',
  voice: 'audio/ogg',
  audio: 'audio/mpeg',
  video: 'video/mp4',
  'video-note': 'video/mp4',
  animation: 'video/mp4',
}

const endings: Partial<Record<AttachedFile['kind'], string>> = { photo: 'jpg', voice: 'ogg', audio: 'mp3' }

/** The type of a file as a browser is told: what a document says of itself is not to be believed. */
const typeOfFile = ({ kind, mime }: AttachedFile): string => {
  const known = types[kind]
  if (known === undefined) return 'application/octet-stream'
  const said = mime ?? ''
  return said.split('/')[0] === known.split('/')[0] && /^[\w.+-]+\/[\w.+-]+$/.test(said) ? said : known
}

/** A file never changes under its id, which browsers need not know. */
const tagOf = (fileId: string): string => `"${createHash('sha256').update(fileId).digest('base64url')}"`

/** The file, which the channel keeps and the product does not; `named`: what it is called if it has no name. */
export const fileFrom = (
  { fetchFile }: Pick<ConsoleDeps, 'fetchFile'>,
  { file, named }: { file: AttachedFile; named: string },
): Download => {
  const { kind, name, fileId } = file
  return {
    name: name ?? `${named}.${endings[kind] ?? (kind === 'document' ? 'dat' : 'mp4')}`,
    type: typeOfFile(file),
    content: () => fetchFile(fileId, maxFileBytes),
    tag: tagOf(fileId),
  }
}
