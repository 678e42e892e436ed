// What the filter of a table leaves. Pure.

/** One of the words has the filter's text in it, in capitals or not; an empty filter leaves all. */
export function matches(filter: string, words: readonly string[]): boolean {
  const text = filter.trim().toLowerCase()
  return text === '' || words.some((word) => word.toLowerCase().includes(text))
}
