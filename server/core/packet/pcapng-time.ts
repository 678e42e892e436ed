// Turns the two timestamp words of a pcapng packet into microseconds, by the resolution and offset that its interface
// declares. Done in bigint: nanoseconds since 1970 no longer fit a double.
//
// Rules: draft-ietf-opsawg-pcapng, section 4.2 (if_tsresol, if_tsoffset) and 4.3 (timestamp words).

import { OptionCode } from './pcapng-format'
import type { PcapngOption } from './pcapng-options'

export type TimestampClock = (high: number, low: number) => number

const DEFAULT_RESOLUTION = 6

export function timestampClock(options: readonly PcapngOption[], isLittleEndian: boolean): TimestampClock {
  const resolution = numericOption(options, OptionCode.timestampResolution, 1)?.getUint8(0) ?? DEFAULT_RESOLUTION
  const offsetSeconds = numericOption(options, OptionCode.timestampOffset, 8)?.getBigInt64(0, isLittleEndian) ?? 0n
  const isPowerOfTwo = (resolution & 0x80) !== 0
  const unitsPerSecond = isPowerOfTwo ? 2n ** BigInt(resolution & 0x7f) : 10n ** BigInt(resolution)
  return (high, low) => {
    const units = (BigInt(high) << 32n) | BigInt(low)
    return Number((units * 1_000_000n) / unitsPerSecond + offsetSeconds * 1_000_000n)
  }
}

function numericOption(options: readonly PcapngOption[], code: number, length: number): DataView | undefined {
  return options.find((option) => option.code === code && option.value.byteLength >= length)?.value
}
