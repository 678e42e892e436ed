// Turns chunks of any size into reads of any size: a growing buffer with a read position. Appending is amortised
// constant time, so a stream that arrives byte by byte costs no more than one that arrives at once.
//
// `take` copies, because the buffer behind it is reused; `peek` does not, and its view is void after the next call.

const INITIAL_CAPACITY = 4096

export class ByteQueue {
  #buffer = new Uint8Array(INITIAL_CAPACITY)
  #start = 0
  #end = 0

  get length(): number {
    return this.#end - this.#start
  }

  push(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#buffer.length) this.#makeRoom(chunk.length)
    this.#buffer.set(chunk, this.#end)
    this.#end += chunk.length
  }

  /** The next `length` bytes, or undefined while they have not all arrived. */
  peek(length: number): DataView | undefined {
    return this.length < length ? undefined : new DataView(this.#buffer.buffer, this.#start, length)
  }

  /** Removes the next `length` bytes, or fewer if there are fewer, and returns a copy of them. */
  take(length: number): Uint8Array {
    const end = Math.min(this.#start + length, this.#end)
    const taken = this.#buffer.slice(this.#start, end)
    this.#start = end
    return taken
  }

  #makeRoom(extra: number): void {
    const needed = this.length + extra
    // Moving within the same buffer is only worth it when it frees at least half, else a slow reader moves on each push.
    const fits = needed * 2 <= this.#buffer.length
    const target = fits ? this.#buffer : new Uint8Array(Math.max(needed * 2, INITIAL_CAPACITY))
    target.set(this.#buffer.subarray(this.#start, this.#end), 0)
    this.#end = this.length
    this.#start = 0
    this.#buffer = target
  }
}
