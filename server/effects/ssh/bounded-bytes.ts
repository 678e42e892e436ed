// Output with an upper bound: keeps the beginning, counts all, and says when something was dropped. A host that prints
// without end must cost a command, not the memory of the server.

export class BoundedBytes {
  readonly #chunks: Uint8Array[] = []
  #kept = 0
  #total = 0

  constructor(private readonly max: number) {}

  /** Bytes seen, kept or not. */
  get total(): number {
    return this.#total
  }

  get isTruncated(): boolean {
    return this.#total > this.#kept
  }

  push(chunk: Uint8Array): void {
    this.#total += chunk.length
    const room = this.max - this.#kept
    if (room <= 0) return
    const kept = chunk.length <= room ? chunk : chunk.subarray(0, room)
    this.#chunks.push(kept)
    this.#kept += kept.length
  }

  /** As UTF-8. A character cut in two by the bound is left out rather than shown as a replacement sign. */
  text(): string {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    return decoder.decode(Buffer.concat(this.#chunks), { stream: this.isTruncated })
  }
}
