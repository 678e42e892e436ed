// VLAN ranges as they are typed and printed: "100-199, 300". Pure. Which ids are legal is the server's rule.

interface VlanRange {
  readonly min: number
  readonly max: number
}

export const formatVlanRanges = (ranges: readonly VlanRange[]): string =>
  ranges.map(({ min, max }) => (min === max ? `${min}` : `${min}-${max}`)).join(', ')

export type ParsedRanges = { readonly isOk: true; readonly ranges: VlanRange[] } | { readonly isOk: false; readonly message: string }

export function parseVlanRanges(text: string): ParsedRanges {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  const ranges: VlanRange[] = []
  for (const part of parts) {
    const match = /^(\d{1,5})(?:[-:](\d{1,5}))?$/.exec(part)
    if (!match) return { isOk: false, message: `“${part}” is neither a VLAN id nor a range like 100-199.` }
    ranges.push({ min: Number(match[1]), max: Number(match[2] ?? match[1]) })
  }
  return { isOk: true, ranges }
}
