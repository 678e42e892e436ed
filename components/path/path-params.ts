'use client'

// What of the path view lives in the URL (view-params.ts), and what changes it.

import { useQueryStates } from 'nuqs'

import type { LegName } from '@/server/core/path/path'

import { pathParams } from './view-params'

export function usePathParams() {
  const [values, set] = useQueryStates(pathParams)
  return {
    ...values,
    /** Another pair is another page: Back returns to the last one. Hop and evidence belong to the pair. */
    pick: (ends: { readonly from?: string | null; readonly to?: string | null }) =>
      void set({ ...ends, hop: null, verification: null }, { history: 'push' }),
    selectHop: (hop: string | null) => void set({ hop }),
    showLeg: (leg: LegName, hop: string | null = null) => void set({ leg, hop }),
    showVerification: (verification: string | null) => void set({ verification }),
    toggleFold: (hostId: string) =>
      void set(({ folded }) => ({ folded: folded.includes(hostId) ? folded.filter((id) => id !== hostId) : [...folded, hostId] })),
    setPaused: (paused: boolean) => void set({ paused }),
  }
}

export type PathParams = ReturnType<typeof usePathParams>
