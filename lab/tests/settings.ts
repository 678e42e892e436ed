// The lab that the integration tests of one run share. Two runs on one machine must not take each other's lab down, so
// the name holds the pid of the run; test files run in child processes and find it in the environment.

const KEY = 'LAB_TEST_NAME'

export const testLab = (process.env[KEY] ??= `tlv-${process.pid.toString(36)}`)

/**
 * A second lab of the run, for tests that need VM hosts: nobody else waits for them to boot. A test file asks with
 * `labUp({ name: vmTestLab, vmHosts: ['cmp3'] })`; the first one boots the host, the next ones find it there.
 */
export const vmTestLab = `${testLab}m`
