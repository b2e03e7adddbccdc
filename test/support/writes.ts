/**
 * Writes through the staff API since the process began. What they set going may still be on its way to a phone: the next tap by
 * hand waits for it first, or a push would be the newest card of one run and not of the next.
 */
export const writes = { count: 0 }
