// Where new ids and random bytes come from. The core never draws randomness itself; it is handed this.

export interface IdSource {
  /** A random (version 4) UUID. */
  uuid(): string
  bytes(count: number): Uint8Array
}
