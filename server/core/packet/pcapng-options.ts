// The option list that ends a pcapng block: code, length, value padded to four bytes, until the end mark or the end of
// the block. A list that breaks off yields the options before the break: they only decorate what the block itself says.
//
// Rules: draft-ietf-opsawg-pcapng, section 3.5.

import { OptionCode } from './pcapng-format'

export interface PcapngOption {
  readonly code: number
  readonly value: DataView
}

export function readOptions(view: DataView, isLittleEndian: boolean): PcapngOption[] {
  const options: PcapngOption[] = []
  let offset = 0
  while (offset + 4 <= view.byteLength) {
    const code = view.getUint16(offset, isLittleEndian)
    const length = view.getUint16(offset + 2, isLittleEndian)
    if (code === OptionCode.endOfOptions || offset + 4 + length > view.byteLength) break
    options.push({ code, value: new DataView(view.buffer, view.byteOffset + offset + 4, length) })
    offset += 4 + Math.ceil(length / 4) * 4
  }
  return options
}

export function optionText(options: readonly PcapngOption[], code: number): string | undefined {
  return optionTexts(options, code)[0]
}

export function optionTexts(options: readonly PcapngOption[], code: number): string[] {
  // Without `ignoreBOM` a text that starts with U+FEFF would not come back as it was written.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return options.filter((option) => option.code === code).map((option) => decoder.decode(option.value))
}
