// Values that rules of several kinds have.

export interface Limits {
  readonly least: number
  readonly most: number
}

export type Names = readonly string[]

/** Inclusive. */
export interface Pool {
  readonly start: string
  readonly end: string
}
