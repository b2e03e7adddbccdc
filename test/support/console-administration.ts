/**
 * What is not done for a supervisor with what stands in the matrix of the console: they are no administrator (ADR 103), the colleague has
 * neither joined nor families nor a photo, and nobody has handed over anything; a list of the board is of something that its address names.
 */
const notThere = [
  'GET /console/board/answers',
  'GET /console/board/ended',
  'GET /console/board/families',
  'GET /console/board/handed/:id',
  'GET /console/board/requests',
  'GET /console/board/terms',
  'GET /console/board/visits',
  'GET /console/settings/audit',
  'GET /console/settings/audit/check',
  'GET /console/settings/audit/export',
  'GET /console/settings/audit/seen',
  'GET /console/settings/keys',
  'GET /console/settings/keys/:id/revoke',
  'GET /console/settings/keys/new',
  'GET /console/settings/territories/:code',
  'GET /console/settings/webhooks',
  'GET /console/settings/webhooks/:id',
  'GET /console/settings/webhooks/:id/deliveries/:delivery',
  'GET /console/settings/webhooks/:id/remove',
  'GET /console/settings/webhooks/:id/rotate',
  'GET /console/settings/webhooks/new',
  // Nor do they serve all territories (ADR 107).
  'GET /console/surveys/authoring/:survey/check',
  'GET /console/surveys/authoring/:survey/edit',
  'GET /console/surveys/authoring/:survey/edit/:question',
  'GET /console/surveys/authoring/:survey/end',
  'POST /console/surveys/authoring',
  'POST /console/surveys/authoring/:survey/catch-up',
  'POST /console/surveys/authoring/:survey/discard',
  'POST /console/surveys/authoring/:survey/edit',
  'POST /console/surveys/authoring/:survey/edit/:question',
  'POST /console/surveys/authoring/:survey/end',
  'POST /console/surveys/authoring/:survey/publish',
  'GET /console/staff/:id/end-access',
  'GET /console/staff/:id/leaving',
  'GET /console/staff/:id/link',
  'GET /console/staff/:id/photo',
  'GET /console/staff/new',
  'POST /console/board/handed/:id/undo',
  'POST /console/settings/keys/:id/revoke',
  'POST /console/settings/territories',
  'POST /console/settings/territories/:code',
  'POST /console/settings/territories/:code/retire',
  'POST /console/settings/webhooks',
  'POST /console/settings/webhooks/:id/deliveries/:delivery/replay',
  'POST /console/settings/webhooks/:id/pause',
  'POST /console/settings/webhooks/:id/remove',
  'POST /console/settings/webhooks/:id/replay-failed',
  'POST /console/settings/webhooks/:id/resume',
  'POST /console/settings/webhooks/:id/rotate',
  'POST /console/settings/webhooks/:id/test',
  'POST /console/settings/words',
  'POST /console/settings/words/switches',
  'POST /console/staff/:id/leaving',
  'POST /console/staff/:id/link',
  'POST /console/staff/:id/rights',
] as const
/** Refused as they stand, with the form again. */
const refused = [
  'POST /console/settings/keys',
  'POST /console/staff',
  'POST /console/staff/:id/hand-over',
] as const

/** By role and route. */
export const notForSupervisors: Readonly<Record<string, number>> = Object.fromEntries([
  ...notThere.map((route) => [`supervisor: ${route}`, 404] as const),
  ...refused.map((route) => [`supervisor: ${route}`, 422] as const),
])
