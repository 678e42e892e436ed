// Line by line reading shared by the text parsers: a line that the reader does not take becomes Unparsed.

import { unparsed, type Parsed } from './parse-result'

export const textLines = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '')

/** Feeds lines to `take`, which answers whether it understood the line. */
export function takeLines<T>(text: string, section: string, value: T, take: (line: string) => boolean): Parsed<T> {
  const rest = textLines(text).filter((line) => !take(line))
  return { value, unparsed: rest.map((line) => unparsed(section, line, 'Not a line this parser knows')) }
}

/** Number, or null for the `?` that Open vSwitch prints where a device does not count. */
export const countOrNull = (text: string | undefined): number | null => (text === undefined || !/^\d+$/.test(text) ? null : Number(text))
