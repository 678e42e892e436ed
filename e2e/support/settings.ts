// Where the console under test listens, which lab is its own, and what the global set-up tells the tests about it.

import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabStatus } from '@/lab/types'

const usualPort = '3300'
/** A second run beside the usual one gets a port of its own, and by it a lab and a stage. */
const port = process.env['TAPLINE_E2E_PORT'] ?? usualPort

export const consoleUrl = `http://127.0.0.1:${port}`
export const labName = port === usualPort ? 'tle' : `tle${port}`

const stageFile = join(tmpdir(), `tapline-e2e-stage-${port}.json`)

export interface Stage {
  readonly lab: LabStatus
  /** Per host, line by line, what was there before the console knew it. */
  readonly bareHosts: Readonly<Record<string, readonly string[]>>
}

export const writeStage = (stage: Stage): void => writeFileSync(stageFile, JSON.stringify(stage))
export const readStage = (): Stage => JSON.parse(readFileSync(stageFile, 'utf8')) as Stage
export const stagePath = stageFile
