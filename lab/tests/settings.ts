// The labs of the integration tests of one run. Two runs on one machine must not take each other's labs down, so the name
// holds the pid of the run; test files run in child processes and find it in the environment. Files that run side by side must
// not meet on one host, so each of Vitest's workers has a lab of its own, which it leaves to its next file. A test that needs a VM
// host adds it with `labUp({ name: testLab, vmHosts: ['cmp3'] })`; the first one boots it, the next ones find it there.

const KEY = 'LAB_TEST_NAME'

const run = (process.env[KEY] ??= `tlv-${process.pid.toString(36)}`)

/** Workers are numbered from 1. */
export const labOf = (worker: number | string): string => `${run}-${worker}`

export const testLab = labOf(process.env['VITEST_POOL_ID'] ?? 1)
