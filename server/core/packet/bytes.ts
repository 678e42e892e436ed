// Small helpers over byte arrays that more than one codec needs. They know no format.

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** One byte per printable ASCII character, the rest escaped: names in packets are hostile text until shown otherwise. */
export function printableText(bytes: Uint8Array): string {
  return Array.from(bytes, printableCharacter).join('')
}

function printableCharacter(byte: number): string {
  const isPrintable = byte >= 0x20 && byte <= 0x7e
  return isPrintable ? String.fromCharCode(byte) : `\\x${hexDigits(byte, 2)}`
}

export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => hexDigits(byte, 2)).join('')
}

export function hexDigits(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

/** 0x0800 style, as tools print type and flag words. */
export function hexNumber(value: number, digits: number): string {
  return `0x${hexDigits(value, digits)}`
}
