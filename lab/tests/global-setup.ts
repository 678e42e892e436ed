// The lab of the integration tests: up once per run, down at the end. Tests that start labs of their own do not use it.

import { labDown, labUp } from '../lab'
import { testLab } from './settings' // sets the name before test files start

export default async function setUp(): Promise<() => Promise<void>> {
  await labUp({ name: testLab })
  return async () => {
    await labDown({ name: testLab })
  }
}
