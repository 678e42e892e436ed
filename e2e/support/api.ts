// The console's API, for what a test takes as given and for ids that a page does not print. What a test is about is done
// in the browser.

import { createTRPCClient, httpLink } from '@trpc/client'
import type { AppRouter } from '@/server/api/router'
import { consoleUrl } from './settings'

export const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${consoleUrl}/api/trpc` })] })
