// How many objects of each kind a topology holds.

import type { ObjectCounts } from '../api-types'
import { itemsOf, perKind } from './kinds/kinds'
import type { Topology } from './topology'

export const countObjects = (topology: Topology): ObjectCounts => perKind((kind) => itemsOf(topology, kind).length)
