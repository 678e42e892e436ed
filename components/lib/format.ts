// Numbers as they are printed. Pure.

const KILO = 1000
const UNITS = ['', 'k', 'M', 'G', 'T']

/** 842, 12.4k, 3.1M: counters where the order of magnitude is what matters. */
export function formatCount(value: number): string {
  let rest = value
  let unit = 0
  while (rest >= KILO && unit < UNITS.length - 1) {
    rest /= KILO
    unit += 1
  }
  const digits = unit === 0 || rest >= 100 ? rest.toFixed(0) : rest.toFixed(1)
  return `${digits}${UNITS[unit]}`
}

/** 512 B, 3.4 KiB, 256 MiB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1)
  const value = bytes / 1024 ** power
  return `${power === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[power]}`
}

/** The first group of a UUID, as people read it out. */
export const shortId = (id: string): string => id.slice(0, 8)
