// Tells a path from the reason why there is none. Apart from compute-path.ts, so that the browser needs no parser for it.

import type { NoPath, Path } from './path'

export const isPath = <Known extends Path>(result: Known | NoPath): result is Known => 'forth' in result
