// Two small tools for promises that events settle.

export interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
}

/** A promise and the function that fulfils it (Promise.withResolvers comes only with Node 22). */
export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((fulfil) => (resolve = fulfil))
  return { promise, resolve }
}

/** The promise's value, or undefined when it rejects or takes longer than that. Leaves no timer behind. */
export async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T | undefined> {
  const late = deferred<undefined>()
  const timer = setTimeout(late.resolve, timeoutMs, undefined)
  const value = await Promise.race([promise.catch(() => undefined), late.promise])
  clearTimeout(timer)
  return value
}
