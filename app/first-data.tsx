// The door through which pages read their first data, and the only file of them that takes what acts from the server. A page asks for
// what its components ask, all at once, and wraps them in HydrateClient; the layout does the same for the shell.

import { headers } from 'next/headers'
import { cache, type ReactNode } from 'react'

import { HydrateQueries } from '@/components/lib/HydrateQueries'
import { getContext } from '@/server/api/context'
import { openFirstData } from '@/server/api/first-data'
import { makeRequestContext } from '@/server/api/request-context'

/** One per request: layout and page ask once for what both show. */
export const firstData = cache(async () => openFirstData(makeRequestContext(getContext(), { headers: await headers() })))

export async function HydrateClient({ children }: { readonly children: ReactNode }) {
  const { answered } = await firstData()
  return <HydrateQueries {...answered()}>{children}</HydrateQueries>
}
