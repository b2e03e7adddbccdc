/**
 * On which grounds there may be a row of somebody (152-ФЗ). A test looks for rows that have none of them, after random work through the outer
 * door; what is not named here may not be stored.
 */
export const personGrounds = {
  /** A consent in force, tapped or signed. */
  consent: '6-1-1',
  /** Somebody wrote at the desk and signed on paper, which the centre keeps: it is recorded when staff have it. */
  paper: '6-1-1',
  /** To protect life and health, where consent cannot be obtained. */
  vital: '6-1-6',
  /** A duty by law: a report about a child. */
  duty: '6-1-2',
  /** Staff work for the centre. */
  staff: '6-1-5',
  /** The consent is withdrawn, and the register says until when everything is destroyed. */
  ending: '21-5',
  /** By which paper somebody represents a child: the operator checks it before they sign. */
  authority: '9-1',
  /** Everything is destroyed; a row is left that says nothing. */
  erased: '21-7',
} as const

/** The same of a member of a family: support rests on 442-ФЗ, until it ends and its term does. */
export const memberGrounds = { supported: '6-1-2', removed: '21-5', erased: '21-7' } as const
