// A TextEncoderStream that encodes each piece as it comes, whole. Node 20's own puts every piece together again character by character, in
// case a surrogate pair was cut in two between pieces (lib/internal/webstreams/encoding.js): 0.9 MB take 260 ms of the event loop, nearly
// all of it in the garbage collector. tRPC takes the global one for all that it streams, and cuts nothing in two: a piece is a line of JSON.

class EncodeWhole extends TransformStream<string, Uint8Array<ArrayBuffer>> implements TextEncoderStream {
  readonly encoding = 'utf-8'

  constructor() {
    const encoder = new TextEncoder()
    super({ transform: (piece, controller) => controller.enqueue(encoder.encode(piece)) })
  }
}

export function encodeWhole(): void {
  globalThis.TextEncoderStream = EncodeWhole
}
