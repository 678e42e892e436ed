// What walks leave for the next state of the same hosts: compiled flow tables. Whoever computes again and again keeps one, and one for each
// kind of state (a desired one has other flows than the observed). Answers do not depend on it, only their time.

import { SwitchMemory } from './openflow/table-memory'

/** Of a large host it may hold tens of megabytes; who was not asked about for longest goes first. */
const MAX_HOSTS = 32

export class WalkMemory {
  readonly #hosts = new Map<string, SwitchMemory>()

  of(hostId: string): SwitchMemory {
    const memory = this.#hosts.get(hostId) ?? new SwitchMemory()
    this.#hosts.delete(hostId)
    this.#hosts.set(hostId, memory)
    for (const oldest of this.#hosts.keys()) {
      if (this.#hosts.size <= MAX_HOSTS) break
      this.#hosts.delete(oldest)
    }
    return memory
  }
}
