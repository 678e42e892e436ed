'use client'

// What of the path view lives in the URL: both ends, the hop looked at, the verification shown, whether it is paused, and
// which inner hosts are zoomed out of.

import { parseAsArrayOf, parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'

const params = {
  from: parseAsString,
  to: parseAsString,
  hop: parseAsString,
  verification: parseAsString,
  paused: parseAsBoolean.withDefault(false),
  /** Inner hosts that are drawn as one hop. */
  folded: parseAsArrayOf(parseAsString).withDefault([]),
}

export function usePathParams() {
  const [values, set] = useQueryStates(params)
  return {
    ...values,
    /** Another pair is another page: Back returns to the last one. Hop and evidence belong to the pair. */
    pick: (ends: { readonly from?: string | null; readonly to?: string | null }) =>
      void set({ ...ends, hop: null, verification: null }, { history: 'push' }),
    selectHop: (hop: string | null) => void set({ hop }),
    showVerification: (verification: string | null) => void set({ verification }),
    toggleFold: (hostId: string) =>
      void set(({ folded }) => ({ folded: folded.includes(hostId) ? folded.filter((id) => id !== hostId) : [...folded, hostId] })),
    setPaused: (paused: boolean) => void set({ paused }),
  }
}

export type PathParams = ReturnType<typeof usePathParams>
