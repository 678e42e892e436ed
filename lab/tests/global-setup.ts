// The labs of the integration tests: one up once per run, one (with VM hosts) as soon as a test asks for it, both down at
// the end. Tests that start labs of their own do not use them.

import { labDown, labUp } from '../lab'
import { testLab, vmTestLab } from './settings' // sets the name before test files start

export default async function setUp(): Promise<() => Promise<void>> {
  await labUp({ name: testLab })
  return async () => {
    await Promise.all([testLab, vmTestLab].map((name) => labDown({ name })))
  }
}
