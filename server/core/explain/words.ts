// The small words that every sentence needs: counts, lists, durations, ages. Pure; the caller brings the clock.

/** plural(1, 'step') → "1 step"; plural(2, 'entry', 'entries') → "2 entries". */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

/** "a", "a and b", "a, b and c". */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`
}

/** The first few by name, the rest by number: "a, b and 7 more". */
export function joinSome(words: readonly string[], limit = 3): string {
  if (words.length <= limit) return joinWords(words)
  return `${words.slice(0, limit).join(', ')} and ${words.length - limit} more`
}

/** Names that people gave stand in quotes, so that any blanks in them are seen. */
export const quoted = (name: string): string => `"${name}"`
/** Five of them: a sentence stays readable. */
export const joinQuoted = (names: readonly string[]): string => joinSome(names.map(quoted), 5)

/** 340 ms, 3.2 s, 1 min 04 s, 2 h 05 min. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`
  return `${Math.floor(seconds / 3_600)} h ${pad(Math.floor((seconds % 3_600) / 60))} min`
}

/** "just now", "2 s ago", "5 min ago", "3 h ago", "4 d ago". */
export function age(at: string, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - Date.parse(at)) / 1_000))
  if (seconds < 1) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`
  return `${Math.floor(seconds / 86_400)} d ago`
}

/** A packet rate as it stands beside a hop: "+42/s", "+0.4/s", "0/s". */
export function rate(perSecond: number): string {
  if (perSecond <= 0) return '0/s'
  if (perSecond < 9.95) return `+${trimZero(perSecond.toFixed(1))}/s`
  if (perSecond < 9_950) return `+${Math.round(perSecond)}/s`
  return `+${trimZero((perSecond / 1_000).toFixed(1))}k/s`
}

/** One sentence, and the other where there is one. */
export const sentences = (first: string, second: string | null): string => (second === null ? first : `${first} ${second}`)

/** To stand before another sentence. */
export const stopped = (text: string): string => text.replace(/\.?$/, '.')

/** "a VM", "an address scope". */
export const withArticle = (word: string): string => `${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const pad = (value: number): string => String(value).padStart(2, '0')
const trimZero = (text: string): string => text.replace(/\.0$/, '')

/** What people call a run by. */
export const shortRun = (runId: string): string => runId.slice(0, 8)
