// What to do next, per error code. The error itself says what failed and where; this is the sentence after it.

import type { AppErrorCode } from '@/server/core/app-error'

export const errorAdvice: Record<AppErrorCode, string> = {
  invalid_input: 'Correct the value and send it again.',
  conflict: 'Change this value, or the object it collides with.',
  not_found: 'It was removed meanwhile. Go back to the list.',
  no_longer_kept: 'Go back to the list: what is there is kept.',
  host_unreachable: 'Check that the address and port answer from the console’s machine, then try again.',
  host_key_unknown: 'Compare the fingerprint with the host’s own, then accept it.',
  host_key_changed:
    'Nothing was sent. If the host was reinstalled, compare the new fingerprint on the host itself and accept it; if not, somebody may be in between.',
  authentication_failed: 'Check the user and the key or password, then try again.',
  sudo_refused: 'Let the user run sudo without a password on this host, or connect as root.',
  command_failed: 'Read the output: the host is as the command left it.',
  command_timed_out: 'The host is slow or the command hangs. Try again, or look at the host’s load.',
  cancelled: 'It was cancelled. Start it again when you want it.',
  output_too_large: 'The host prints more than the console takes in. Look at it on the host.',
  parse_failed: 'The raw text is kept with the host. Please report it with the tool’s version.',
  plan_blocked: 'Open the plan: each block names what is in the way and the way out.',
  too_large: 'Send it in several parts.',
  disk_full: 'Free space on the machine the console runs on, then send it again.',
  foreign_page: 'Open the console as http://127.0.0.1 or http://localhost and its port; from another machine through an SSH tunnel.',
  forbidden: 'Ask for the right, or ask somebody who has it to do this.',
  plan_stale: 'The design or a host changed meanwhile. Make the plan anew.',
  busy: 'Another run holds the host. Wait until it ends, or cancel it.',
  internal: 'This is a fault of the console. The server’s log has the details.',
}
