// How a step is repeated on a host that has some of what it makes: after a boot, a restart of Open vSwitch, or by hand (core/restore). A guard
// stands beside the function that renders the commands which it is for, and knows them by their words.

export interface RestoreGuard {
  /**
   * Shell, run where the step's program would be. Its arguments are that program, and the file `input` what it would read; it prints what of
   * that is still to be done. It exits with 0, or with 1 where there is nothing to do, 2 where it cannot tell, 3 where something that is not
   * ours has the name of something that is left out. Constant text: what differs from host to host is in the program and its input. It has
   * `once_per_boot` and `has_failed STEP` to ask, and `left_alone`: a line `!NAME` for each device of this namespace that is not ours or was
   * not made for one that is not, as a guard found before and wrote into the file $LEFT_ALONE: `NAMESPACE:NAME`, with a name that `ip netns`
   * has for the namespace, or none where it has none. Absent: all of the input is to be done.
   */
  readonly script?: string | ((ip: readonly LineGuard[]) => string)
  /** The program that goes on where a plan would stop: a line that fails must not keep the others from being done. */
  readonly program?: (argv: readonly string[]) => readonly string[]
}

/**
 * `repeatable`: its commands do nothing where all is done, whatever of it is there. `never`: there is none of it in a restore, since it takes
 * something away, or makes what a boot leaves (`afterBoot`).
 */
export type StepRestore = RestoreGuard | 'repeatable' | 'never'

/** Which lines of an input are done. All of it is awk, with variables that no other one has. */
export interface LineGuard {
  readonly name: string
  /** Shell that prints what is there. */
  readonly have: string
  /** What is done with each line of that. */
  readonly learn: string
  /** Rules for the lines of the input: `next` leaves one out. `code = 3` where it is left out for something that is not ours. */
  readonly done: string
}

/** Leaves out the lines of devices that a guard has left alone: for them the condition, in awk, finds the device in `left`. */
export const ofLeftAlone = (condition: string): LineGuard => ({
  name: 'devices',
  have: 'left_alone',
  learn: 'left[substr($0, 2)]',
  done: `${condition} { next }`,
})

/** A script that prints what is left of an input whose lines these know. */
export const linesToDo = (guards: readonly LineGuard[]): string => {
  const names = guards.map(({ name }) => name)
  return [
    ...guards.map(({ name, have }) => `{ ${have}; } >${name} || exit 2`),
    `awk '`,
    ...guards.map(({ name, learn }) => `FILENAME == "${name}" { ${learn}; next }`),
    ...guards.map(({ done }) => done),
    '{ print }',
    `END { exit code }' ${names.join(' ')} input`,
  ].join('\n')
}
