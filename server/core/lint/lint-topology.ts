// topology → findings. One check per invariant; a new one is a file beside this and a line here.

import type { Topology } from '../topology/topology'
import { checkHomelessRouters } from './homeless-routers'
import { checkIdleCarriers } from './idle-carriers'
import type { LintFinding } from './lint-params'
import { checkWires } from './shared-wires'
import { checkWaysToClusters } from './ways-to-clusters'
import { checkSubPorts } from './unfiltered-subports'

export const lintTopology = (topology: Topology): LintFinding[] => [
  ...checkWires(topology),
  ...checkIdleCarriers(topology),
  ...checkSubPorts(topology),
  ...checkHomelessRouters(topology),
  ...checkWaysToClusters(topology),
]
