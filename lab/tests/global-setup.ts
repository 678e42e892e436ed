// The labs of the integration tests: a file that needs one puts it up or finds it there, and at the end all of them are taken
// down. Tests that start labs of their own do not use them.

import type { TestProject } from 'vitest/node'
import { labDown } from '../lab'
import { all } from '../wait'
import { labOf } from './settings' // sets the name of the run before test files start

export default function setUp({ config }: TestProject): () => Promise<void> {
  const workers = Array.from({ length: config.maxWorkers }, (_, index) => index + 1)
  return async () => void (await all(workers.map((worker) => labDown({ name: labOf(worker) }))))
}
