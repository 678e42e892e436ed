// Line by line reading shared by the text parsers: a line that the reader does not take becomes Unparsed.

import { notA, unparsed, type Parsed } from './parse-result'

export const textLines = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '')

/** Longest line a text parser looks at; the longest real ones stay below 5,000. */
const MAX_LINE = 20_000

/** Feeds lines to `take`, which answers whether it understood the line. */
export function takeLines<T>(text: string, section: string, value: T, take: (line: string) => boolean): Parsed<T> {
  const rest = textLines(text).filter((line) => line.length > MAX_LINE || !take(line))
  return { value, unparsed: rest.map((line) => unparsed(section, line, notA('known-line'))) }
}
