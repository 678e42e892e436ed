// Parsing in slices: a generator pauses where others may have the processor. Whoever has nobody to wait for it runs it to its end.

export type Steps<T> = Generator<void, T>

export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
