// The labs of the integration tests: one for each worker, up once per run, down at the end. Tests that start labs of their own do not use them.

import type { TestProject } from 'vitest/node'
import { labDown, labUp } from '../lab'
import { all } from '../wait'
import { labOf } from './settings' // sets the name of the run before test files start

export default async function setUp({ config }: TestProject): Promise<() => Promise<void>> {
  const names = Array.from({ length: config.maxWorkers }, (_, index) => labOf(index + 1))
  await all(names.map((name) => labUp({ name })))
  return async () => void (await all(names.map((name) => labDown({ name }))))
}
