/** What most witnesses say; the first of them where as many say something else, null where there is none. */
export function mostOf<T>(votes: readonly T[]): T | null {
  const counts = new Map<T, number>()
  for (const vote of votes) counts.set(vote, (counts.get(vote) ?? 0) + 1)
  return (
    [...counts].reduce<readonly [T, number] | null>((best, each) => (best !== null && best[1] >= each[1] ? best : each), null)?.[0] ?? null
  )
}
