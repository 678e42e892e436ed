// The lab that the integration tests of one run share. Two runs on one machine must not take each other's lab down, so
// the name holds the pid of the run; test files run in child processes and find it in the environment. A test that needs a VM
// host adds it with `labUp({ name: testLab, extras: ['cmp3'] })`; the first one boots it, the next ones find it there.

const KEY = 'LAB_TEST_NAME'

export const testLab = (process.env[KEY] ??= `tlv-${process.pid.toString(36)}`)
