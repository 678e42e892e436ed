import { expect, it } from 'vitest'
import { parseKernelDependency } from './kernel'

it.each([
  ['Package: linux-image-cloud-amd64\nDepends: linux-image-6.1.0-56-cloud-amd64 (= 6.1.192-2)\n', 'linux-image-6.1.0-56-cloud-amd64'],
  ['Depends: foo, linux-image-6.12.9-cloud-amd64, bar\n', 'linux-image-6.12.9-cloud-amd64'],
  ['', undefined],
])('finds the kernel behind the empty package in %j', (shown, expected) => {
  expect(parseKernelDependency(shown)).toBe(expected)
})
