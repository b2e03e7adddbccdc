import multipart, { type MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { maxScanBytes } from '#features/consents/scan-file.ts'

/** One file of a form, beside its fields, which says itself how large it may be: whoever the form is for finds it in their visit. */
export const takeFiles = async (app: FastifyInstance): Promise<void> => {
  app.decorateRequest('upload', undefined)
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { files: 1, fileSize: maxScanBytes, fields: 20, fieldSize: 4096 },
    async onFile(this: FastifyRequest, part: MultipartFile & { value?: unknown }) {
      this.upload = await part.toBuffer()
      part.value = ''
    },
  })
}

declare module 'fastify' {
  interface FastifyRequest {
    upload?: Uint8Array | undefined
  }
}
