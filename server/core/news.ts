// How far a console has come with telling what changed. An answer carries the mark that was there before it was read, so that whoever
// gets it late knows whether something was told since. Pure.

export interface NewsMark {
  /** A console that was started anew counts from the beginning, under another name. */
  readonly source: string
  readonly count: number
}

/** Whether nothing was told between the two. */
export const isSameMark = (a: NewsMark, b: NewsMark): boolean => a.source === b.source && a.count === b.count

/** Whether what was read at `read` may lack something that was told at `told`. */
export const isBehind = (read: NewsMark, told: NewsMark): boolean => read.source !== told.source || read.count < told.count
