import type { Params } from './description.ts'
import { badRequest } from './errors.ts'

type Part = { name: string; fileName: string | undefined; mime: string; bytes: Buffer }

/**
 * Parses a `multipart/form-data` body into parameters. `attach://<part>` in a field refers to the file in that part;
 * a file part may also have the parameter's own name. As in Telegram, a file name need not be quoted and may contain
 * spaces: grammY sends such names, and the usual parsers drop them.
 */
export const multipartParams = (body: Buffer, contentType: string): Params => {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (!boundary) throw badRequest('boundary of the multipart body is missing')
  const params: Params = {}
  const files = new Map<string, unknown>()
  for (const { name, fileName, mime, bytes } of parts(body, boundary)) {
    if (fileName === undefined) params[name] = bytes.toString('utf8')
    else files.set(name, { upload: { name: fileName, mime, bytes } })
  }
  for (const [name, value] of Object.entries(params)) {
    if (typeof value !== 'string' || !value.startsWith('attach://')) continue
    const part = value.slice('attach://'.length)
    params[name] = files.get(part) ?? value
    files.delete(part)
  }
  return { ...params, ...Object.fromEntries(files) }
}

const parts = function* (body: Buffer, boundary: string): Generator<Part> {
  const line = `--${boundary}`
  let at = body.indexOf(line)
  while (at >= 0) {
    const start = at + line.length
    if (body.toString('latin1', start, start + 2) === '--') return
    const end = body.indexOf(`\r\n${line}`, start)
    const head = body.indexOf('\r\n\r\n', start)
    if (end < 0 || head < 0 || head > end) break
    yield partOf(body.toString('utf8', start, head), body.subarray(head + 4, end))
    at = end + 2
  }
  throw badRequest('the multipart body is broken')
}

const partOf = (headers: string, bytes: Buffer): Part => {
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? ''
  const name = parameter(disposition, 'name')
  if (name === undefined) throw badRequest('a part of the multipart body has no name')
  const mime = /^content-type:\s*(\S+)/im.exec(headers)?.[1] ?? 'application/octet-stream'
  return { name, fileName: parameter(disposition, 'filename'), mime, bytes }
}

const parameter = (disposition: string, name: string): string | undefined => {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\r]*))`, 'i').exec(disposition)
  return found ? (found[1] ?? found[2] ?? '').trim() : undefined
}
