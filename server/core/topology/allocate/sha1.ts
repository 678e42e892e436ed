// SHA-1 (RFC 3174) in plain code: Neutron names its DHCP device by a version 5 UUID, which is defined over SHA-1, and the
// core can call no library that browsers lack. Not for secrets.

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits))

export function sha1(message: Uint8Array): Uint8Array {
  const words = pad(message)
  let state: readonly number[] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  for (let offset = 0; offset < words.length; offset += 16) state = compress(state, words.subarray(offset, offset + 16))
  const digest = new DataView(new ArrayBuffer(20))
  state.forEach((word, index) => digest.setUint32(index * 4, word))
  return new Uint8Array(digest.buffer)
}

/** Message, a one bit, zeros, and the length in bits: a multiple of 16 words. */
function pad(message: Uint8Array): Uint32Array {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64)
  bytes.set(message)
  bytes[message.length] = 0x80
  const view = new DataView(bytes.buffer)
  view.setUint32(bytes.length - 8, Math.floor(message.length / 2 ** 29))
  view.setUint32(bytes.length - 4, (message.length * 8) >>> 0)
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4))
}

function compress(state: readonly number[], block: Uint32Array): number[] {
  const schedule = new Uint32Array(80)
  schedule.set(block)
  for (let t = 16; t < 80; t += 1) {
    schedule[t] = rotate(schedule[t - 3]! ^ schedule[t - 8]! ^ schedule[t - 14]! ^ schedule[t - 16]!, 1)
  }
  let [a, b, c, d, e] = state as [number, number, number, number, number]
  for (let t = 0; t < 80; t += 1) {
    const next = (rotate(a, 5) + mix(t, b, c, d) + e + ROUND[Math.floor(t / 20)]! + schedule[t]!) | 0
    ;[a, b, c, d, e] = [next, a, rotate(b, 30), c, d]
  }
  return [a, b, c, d, e].map((word, index) => (word + state[index]!) | 0)
}

const ROUND = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6]

function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return (b & c) | (~b & d)
  return t >= 40 && t < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d
}

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
