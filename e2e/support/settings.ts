// Where the console under test listens, and which lab is its own.

import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const consoleUrl = 'http://127.0.0.1:3300'
export const labName = 'tle'
/** The lab's status, for the tests: ports and keys differ per lab. */
export const labFile = join(tmpdir(), 'tapline-e2e-lab.json')
