// topology → notes. One check per invariant; a new one is a file beside this and a line here.

import type { Topology } from '../topology/topology'
import type { Note } from './note'
import { checkIdleCarriers } from './idle-carriers'
import { checkWires } from './shared-wires'

export const lintTopology = (topology: Topology): Note[] => [...checkWires(topology), ...checkIdleCarriers(topology)]
