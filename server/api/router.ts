// The API as an index of nouns. docs/api.md lists every procedure with its input and output.

import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { changesRouter } from './changes/router'
import { hostsRouter } from './hosts/router'
import { nestedUplinksRouter } from './nested-uplinks/router'
import { networksRouter } from './networks/router'
import { overviewRouter } from './overview/router'
import { pathsRouter } from './paths/router'
import { physicalNetworksRouter } from './physical-networks/router'
import { plansRouter } from './plans/router'
import { portsRouter } from './ports/router'
import { projectsRouter } from './projects/router'
import { revisionsRouter } from './revisions/router'
import { runsRouter } from './runs/router'
import { settingsRouter } from './settings/router'
import { subnetsRouter } from './subnets/router'
import { topologyRouter } from './topology/router'
import { trunksRouter } from './trunks/router'
import { verificationsRouter } from './verifications/router'
import { vmsRouter } from './vms/router'
import { router } from './trpc'

export const appRouter = router({
  overview: overviewRouter,
  hosts: hostsRouter,
  projects: projectsRouter,
  physicalNetworks: physicalNetworksRouter,
  networks: networksRouter,
  subnets: subnetsRouter,
  ports: portsRouter,
  vms: vmsRouter,
  trunks: trunksRouter,
  nestedUplinks: nestedUplinksRouter,
  topology: topologyRouter,
  changes: changesRouter,
  plans: plansRouter,
  runs: runsRouter,
  revisions: revisionsRouter,
  paths: pathsRouter,
  verifications: verificationsRouter,
  settings: settingsRouter,
})

export type AppRouter = typeof appRouter
export type RouterInputs = inferRouterInputs<AppRouter>
export type RouterOutputs = inferRouterOutputs<AppRouter>
