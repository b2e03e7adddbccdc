import { z } from 'zod'
import { changePhoto, maxPhotoBytes, photoSideLimits, removePhoto } from '#features/staff/staff-photo.ts'
import { type Api, writeRoute } from '../staff-route.ts'
import { fullReachNote } from './staff-schemas.ts'

const params = z.strictObject({ id: z.uuid() })

const { least, most } = photoSideLimits
const newPhotoSchema = z
  .strictObject({
    image: z
      .base64()
      .min(1)
      .max(Math.ceil(maxPhotoBytes / 3) * 4)
      .describe(`JPEG or PNG in base64: at most ${maxPhotoBytes} bytes, each side ${least}–${most} pixels`),
  })
  .meta({ id: 'NewStaffPhoto' })

const photoSchema = z
  .strictObject({
    hash: z.string().describe('SHA-256 of the stored file, in hex'),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
  })
  .meta({ id: 'StaffPhoto' })

export const serveStaffPhoto = (api: Api): void => {
  writeRoute(
    api,
    'PUT /staff/:id/photo',
    'staff:write',
    {
      operationId: 'putStaffPhoto',
      tag: 'Staff',
      summary: "Sets a staff member's photo",
      description: `Families use the photo to recognise a visitor. Metadata (place, time, device) is removed. ${fullReachNote}`,
      params,
      body: newPhotoSchema,
      answer: photoSchema,
    },
    async (tx, { caller, params: { id }, body, now }) => ({
      body: await changePhoto(tx, { caller, id, image: Buffer.from(body.image, 'base64'), now }),
    }),
  )

  writeRoute(
    api,
    'DELETE /staff/:id/photo',
    'staff:write',
    {
      operationId: 'deleteStaffPhoto',
      tag: 'Staff',
      summary: "Deletes a staff member's photo",
      description: fullReachNote,
      params,
    },
    async (tx, { caller, params: { id }, now }) => {
      await removePhoto(tx, { caller, id, now })
      return { body: undefined }
    },
  )
}
