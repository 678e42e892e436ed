// Bytes on their way from a channel to one slow reader. Says when it is full and when there is room again, so that the
// channel's window closes and the remote process waits in its write: back-pressure reaches from the browser to tcpdump.

/** Above this the sender is asked to wait; an SSH window (2 MiB) may still arrive on top. */
const HIGH_WATER_BYTES = 1024 * 1024
/** After a stop the sender must not wait, or it could not end. What it flushes then is kept up to this, the rest dropped. */
const FLUSH_BYTES = 8 * 1024 * 1024

export interface FlowControl {
  readonly pause: () => void
  readonly resume: () => void
}

export class ByteQueue implements AsyncIterable<Uint8Array> {
  #chunks: Uint8Array[] = []
  #bytes = 0
  #isFlushing = false
  #isTruncated = false
  #ending: { readonly error: unknown } | null = null
  #wake: () => void = () => undefined
  #flow: FlowControl | null = null

  /** `onLeave` is called when the reader has left its loop, also by break or throw. */
  constructor(private readonly onLeave: () => void) {}

  /** Bytes were dropped. */
  get isTruncated(): boolean {
    return this.#isTruncated
  }

  connect(flow: FlowControl): void {
    this.#flow = flow
  }

  push(chunk: Uint8Array): void {
    if (this.#isFlushing && this.#bytes + chunk.length > FLUSH_BYTES) {
      this.#isTruncated = true
      return
    }
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    if (!this.#isFlushing && this.#bytes >= HIGH_WATER_BYTES) this.#flow?.pause()
    this.#wake()
  }

  /** From now on take everything at once, so that the sender can end. */
  flush(): void {
    this.#isFlushing = true
    this.#flow?.resume()
  }

  /** No more bytes; with an error, the reader gets it after the last of them. */
  end(error?: unknown): void {
    this.#ending ??= { error }
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    try {
      for (;;) {
        if (this.#bytes > 0) yield this.#takeAll()
        else if (this.#ending === null) await new Promise<void>((resolve) => (this.#wake = resolve))
        else if (this.#ending.error === undefined) return
        else throw this.#ending.error
      }
    } finally {
      this.onLeave()
    }
  }

  /** In one piece: a reader that fell behind catches up with one step. */
  #takeAll(): Uint8Array {
    const chunk = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks)
    this.#chunks = []
    this.#bytes = 0
    if (!this.#isFlushing) this.#flow?.resume()
    return chunk
  }
}
