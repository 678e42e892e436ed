// Lists end to end. flatMap does the same element by element: 30 ms for the 27,000 resources of a large host, where concat takes half a
// millisecond because it copies whole lists.

export const joinLists = <T>(lists: readonly (readonly T[] | undefined)[]): T[] => ([] as T[]).concat(...lists.map((list) => list ?? []))
