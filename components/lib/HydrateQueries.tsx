'use client'

// Puts what the server read for a page where its components look for it.

import { type DehydratedState, HydrationBoundary, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, type ReactNode } from 'react'

import type { NewsMark } from '@/server/core/news'

import { keepBrowserTime, takeFirstData } from './first-data'

interface HydrateQueriesProps {
  readonly state: DehydratedState
  readonly news: NewsMark
  readonly children: ReactNode
}

export function HydrateQueries({ state, news, children }: HydrateQueriesProps) {
  const queryClient = useQueryClient()
  const taken = useMemo(() => takeFirstData(queryClient, state, news), [queryClient, state, news])
  useEffect(() => {
    if (taken.isFirst) keepBrowserTime(queryClient, taken.state)
  }, [queryClient, taken])
  return <HydrationBoundary state={taken.state}>{children}</HydrationBoundary>
}
