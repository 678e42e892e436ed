// Where the console under test listens, which lab is its own, and what the global set-up tells the tests about it.

import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabStatus } from '@/lab/types'

export const consoleUrl = 'http://127.0.0.1:3300'
export const labName = 'tle'

const stageFile = join(tmpdir(), 'tapline-e2e-stage.json')

export interface Stage {
  readonly lab: LabStatus
  /** Per host, line by line, what was there before the console knew it. */
  readonly bareHosts: Readonly<Record<string, readonly string[]>>
}

export const writeStage = (stage: Stage): void => writeFileSync(stageFile, JSON.stringify(stage))
export const readStage = (): Stage => JSON.parse(readFileSync(stageFile, 'utf8')) as Stage
export const stagePath = stageFile
