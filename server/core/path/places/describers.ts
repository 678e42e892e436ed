// Who describes which role. What is missing in a list cannot stand on such a host.

import type { HopFacts } from '../hop'
import type { Role } from '../path'
import type { Stop } from '../stop'

export type Describers = Readonly<Partial<Record<Role, (stop: Stop) => HopFacts>>>
